import ArgumentParser

/// What of a case is handed in.
enum ScoreMode: String, ExpressibleByArgument, CaseIterable {
  /// The recording of the run.
  case capture
  /// What the program printed.
  case log
  /// The program's text; with `--quick` by rules alone.
  case script
  /// The program itself, run under the recorder.
  case hook

  /// The arguments of this program that examine the case in a folder and write the report.
  ///
  /// - Parameters:
  ///   - options: what the diagnosis is asked for.
  ///   - python: the Python that runs programs.
  ///   - report: the file to which the report goes where it cannot be printed.
  func arguments(
    for folder: String, options: [String], python: String, report: String
  ) -> [String] {
    let plain = ["--format", "json", "--no-history"]
    return switch self {
    case .capture: ["diagnose", folder + "/capture"] + plain + options
    case .log: ["diagnose", folder + "/capture/log.txt"] + plain + options
    case .script: ["diagnose", folder + "/train.py"] + plain + options
    case .hook:
      ["run", "--no-history", "--report", report, "--diagnose-exit-code"] + options
        + ["--", python, Shell.absolute(folder + "/train.py")]
    }
  }

  /// The modes in one line.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
