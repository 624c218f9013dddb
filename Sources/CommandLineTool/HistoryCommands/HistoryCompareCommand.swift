import ArgumentParser
import History
import Reports

/// `downhill history compare`: two earlier runs side by side.
struct HistoryCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compares two earlier runs: settings, results, curves.")

  @Argument(help: "The number of a run.")
  var first: Int64

  @Argument(help: "The number of another one.")
  var second: Int64

  @OptionGroup(title: "The history")
  var options: HistoryOptions

  func run() throws {
    let store = try options.existing()
    let runs = try [first, second].map { id in
      (run: try store.known(id), series: try store.series(of: id, limit: HistoryStore.wholeCurve))
    }
    OutputStream.results.write(RunComparison(runs).text(for: Shell.appearance))
  }
}
