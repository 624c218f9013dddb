import ArgumentParser
import Dashboard
import History
import Reports

/// `downhill serve`: the live page of all runs.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Shows all runs on a page in the browser, those under way with live curves.",
    discussion: """
      The page is served to this machine alone, under an address with a random word that nobody else \
      knows; it is printed. Nothing can be changed through it. Ctrl-C ends it. Address and port are \
      kept beside the history, so an open page goes on when the server is started anew.
      """)

  @Option(help: ArgumentHelp("The port; the last one, or a free one, by default.", valueName: "n"))
  var port: UInt16?

  @OptionGroup(title: "The history")
  var options: HistoryOptions

  func run() throws {
    guard let path = options.path else { throw options.missing }
    let store: HistoryStore
    do {
      store = try HistoryStore(path: path)
    } catch {
      throw CommandError(
        path, "it cannot be opened as a history: \(error)",
        advice: "Name another one with --history.", status: .cannotWrite)
    }
    let kept = PageAddress.place(beside: path)
    var address = PageAddress(keptAt: kept)
    if let port { address.port = port }
    Interruption.endAtOnce()
    let page = try PageServer(store, at: address)
    page.address.keep(at: kept)
    OutputStream.results.write(page.address.url + "\n")
    Messages.say("the page shows \(path); Ctrl-C ends it")
    try page.wait()
  }
}
