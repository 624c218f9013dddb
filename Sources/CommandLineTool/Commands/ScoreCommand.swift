import ArgumentParser
import FileAccess
import JSON
import Recording
import Reports

/// `downhill score`: how often diagnoses are right, over cases whose truth is known.
///
/// Each case is diagnosed by a process of its own, as a user would, so that one which fails costs
/// only itself; `truth.json` is opened afterwards.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores diagnoses over cases whose truth is known (for those who write rules).",
    discussion: """
      CASES are folders that hold `capture/` (for --mode script: `train.py`) and `truth.json`, or \
      folders of such folders. With --mode log, only what the program printed (capture/log.txt) is \
      handed in; with --mode hook train.py is run under the recorder, in a folder of its own.
      """)

  @Argument(help: "Case folders, or folders of case folders.")
  var cases: [String]

  @Option(help: "The form of the score: text or json.")
  var format = ScoreFormat.text

  @Option(help: "Score only these cases: ids, separated by commas.")
  var ids: String?

  @Option(help: "Score only cases whose truth is among these causes (healthy ones always are).")
  var causes: String?

  @Flag(help: "Rules only, no training.")
  var quick = false

  @Option(help: "What of a case is handed in: \(ScoreMode.list).")
  var mode = ScoreMode.capture

  @Option(
    help: ArgumentHelp(
      "The Python with Keras that --mode hook runs programs with.", valueName: "path"))
  var python = "python3"

  @Option(help: "Seconds that a diagnosis may take, handed on to diagnose.")
  var budget: Double?

  @Flag(help: "Compare each remedy with random search at the same number of runs.")
  var againstRandom = false

  @Flag(help: "Diagnose each case twice, and tell whether both reports say the same.")
  var twice = false

  /// The forms of the score.
  enum ScoreFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func run() throws {
    let folders = try selected()
    let progress = ProgressDisplay(environment: Shell.environment)
    var scores: [CaseScore] = []
    for (index, item) in folders.enumerated() {
      progress.update("case \(index + 1) of \(folders.count): \(item.truth.id)")
      var first = score(folder: item.folder, truth: item.truth)
      if twice {
        let second = score(folder: item.folder, truth: item.truth)
        first.isRepeated = first.content == second.content
      }
      scores.append(first)
    }
    progress.clear()
    let table = ScoreTable(scores)
    OutputStream.results.write(
      format == .text ? table.text : table.document.text(.pretty, nonFinite: .strings) + "\n")
  }

  private func selected() throws -> [(folder: String, truth: CaseTruth)] {
    let wanted = ids.map { Set($0.split(separator: ",").map(String.init)) }
    let wantedCauses = causes.map { Set($0.split(separator: ",").map(String.init)) }
    var found: [(folder: String, truth: CaseTruth)] = []
    for place in cases {
      let isCase = Shell.exists(place + "/truth.json")
      let folders =
        isCase
        ? [place]
        : Shell.names(in: place).map { place + "/" + $0 }
          .filter { Shell.exists($0 + "/truth.json") }
      guard !folders.isEmpty else {
        throw CommandError(
          place, "no case folder there (one with truth.json)",
          advice: "Name a case folder or a folder of case folders.", status: .inputNotFound)
      }
      for folder in folders {
        let id = String(folder.split(separator: "/").last ?? "")
        if let wanted, !wanted.contains(id) { continue }
        let path = folder + "/truth.json"
        guard let truth = CaseTruth(id: id, document: try JSONValue(contentsOf: path)) else {
          throw CommandError(
            path, "no members `kind` and `truth`", advice: "Compare it with another case's.")
        }
        if let wantedCauses, !truth.isHealthy, wantedCauses.isDisjoint(with: truth.truth) {
          continue
        }
        found.append((folder, truth))
      }
    }
    return found
  }

  private func score(folder: String, truth: CaseTruth) -> CaseScore {
    var options = quick ? ["--quick"] : []
    if let budget { options += ["--budget", String(budget)] }
    if againstRandom { options.append("--against-random") }
    let scratch = mode == .hook ? Shell.temporaryFolder() : nil
    defer { if let scratch { HookFolder.remove(scratch) } }
    let written = (scratch ?? "") + "/report.json"
    let arguments = mode.arguments(
      for: folder, options: options, python: python.contains("/") ? Shell.absolute(python) : python,
      report: written)
    let start = Shell.seconds()
    let child = ChildProcess(Shell.executable, arguments, folder: scratch)
    let seconds = Shell.seconds() - start
    let hasData = Shell.exists(folder + "/capture/data.npz")
    func failed(_ reason: String) -> CaseScore {
      CaseScore(truth: truth, error: reason, seconds: seconds, hasData: hasData)
    }
    guard let child else { return failed("cannot be started") }
    guard child.status == ExitStatus.healthy.rawValue || child.status == ExitStatus.fault.rawValue
    else {
      let message = String(decoding: child.messages, as: UTF8.self).split(separator: "\n").last
      return failed("exit \(child.status): \(message.map(String.init) ?? "no message")")
    }
    let document =
      scratch == nil ? try? JSONValue(parsing: child.output) : try? JSONValue(contentsOf: written)
    guard let report = document else { return failed("no report in JSON") }
    return CaseScore(truth: truth, report: report, seconds: seconds, hasData: hasData)
  }
}
