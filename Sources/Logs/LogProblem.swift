public import FileAccess

/// Why a file is no log of a training run.
public enum LogProblem: InputProblem, Hashable {
  /// Nothing in it tells a loss.
  case noLosses(lines: Int)
  /// JSON that is no `History.history`.
  case notAHistory
  /// A folder without TensorBoard's event files.
  case noEventFiles
  /// A folder with more event files than anyone keeps for one run.
  case tooManyEventFiles(Int)
  /// No record of an event file can be read.
  case noRecords

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .noLosses(let lines):
      "no loss of a training run in it (\(lines) \(lines == 1 ? "line" : "lines") not understood)"
    case .notAHistory: "no lists of numbers by name, as History.history has"
    case .noEventFiles: "a folder without TensorBoard's event files"
    case .tooManyEventFiles(let count): "\(count) event files"
    case .noRecords: "no whole record, where TensorBoard's event files have one after the other"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .noLosses:
      "Give what Keras prints while it trains (python train.py > run.log 2>&1), or what CSVLogger "
        + "writes."
    case .notAHistory: "Save it with json.dump(history.history, file)."
    case .noEventFiles, .tooManyEventFiles: "Name the folder that log_dir of TensorBoard named."
    case .noRecords: "Copy the file again; it may have been cut or changed on the way."
    }
  }
}
