import ArgumentParser
import Diagnosis
import Reports

/// `downhill explain`: the manual page of a cause, or the list of all.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a cause, with a sick and a healthy example; without an id lists them all.")

  @Argument(help: "The id of a cause, as learning-rate-high.")
  var id: String?

  @Flag(help: "Print Markdown, for documentation.")
  var markdown = false

  func run() throws {
    let appearance = Shell.appearance
    guard let id else {
      let list = CauseList(CauseCatalogue.all)
      OutputStream.results.write(markdown ? list.markdown : list.text(for: appearance))
      return
    }
    guard let cause = CauseCatalogue.all.first(where: { $0.id == id }) else {
      throw CommandError(
        "explain \(id)", "there is no cause of this name",
        advice: "`downhill explain` lists them.", status: .usage)
    }
    let page = CausePage(cause)
    OutputStream.results.write(markdown ? page.markdown : page.text(for: appearance))
  }
}
