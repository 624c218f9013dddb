import ArgumentParser

/// What of a case is handed in.
enum ScoreMode: String, ExpressibleByArgument, CaseIterable {
  /// The recording of the run.
  case capture
  /// What the program printed.
  case log
  /// The program's text, rules alone.
  case script

  /// What `diagnose` is given of the case in a folder.
  func inputs(of folder: String) -> [String] {
    switch self {
    case .capture: [folder + "/capture"]
    case .log: [folder + "/capture/log.txt"]
    case .script: [folder + "/train.py", "--quick"]
    }
  }

  /// The modes in one line.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
