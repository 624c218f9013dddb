import ArgumentParser
import History
import JSON
import Reports

/// `downhill history list`: earlier runs, the latest first.
struct HistoryListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists earlier runs, the latest first.")

  @Argument(help: "Words that all occur in the run's files, its verdict or its cause.")
  var words: [String] = []

  @Option(help: "Only runs of this kind: diagnose, fix or train.")
  var kind: KindArgument?

  @Option(help: "Only runs with this verdict: fault, healthy or undetermined.")
  var verdict: String?

  @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
  var limit = 20

  @Option(help: "The form of the list: text or json.")
  var format = ListFormat.text

  @OptionGroup(title: "The history")
  var options: HistoryOptions

  /// The forms of the list.
  enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is \(limit); it starts at 1.") }
  }

  func run() throws {
    let store = try options.existing()
    var filter = RunFilter()
    filter.text = words.joined(separator: " ")
    filter.kind = kind?.kind
    filter.verdict = verdict
    filter.limit = limit
    let runs = try store.runs(filter)
    switch format {
    case .text:
      OutputStream.results.write(RunTable(runs).text(for: Shell.appearance))
      let count = try store.count()
      if runs.count < count { Messages.say("\(runs.count) of \(count) runs") }
    case .json:
      let document = JSONValue.array(runs.map(RunTable.document))
      OutputStream.results.write(
        SafeText.escapedInsideJSON(document.text(.pretty, nonFinite: .strings)) + "\n")
    }
  }
}

/// `--kind`: which command made a run.
struct KindArgument: ExpressibleByArgument {
  let kind: RunRecord.Kind

  init?(argument: String) {
    guard let kind = RunRecord.Kind(rawValue: argument) else { return nil }
    self.kind = kind
  }

  static var allValueStrings: [String] { RunRecord.Kind.allCases.map(\.rawValue) }
}
