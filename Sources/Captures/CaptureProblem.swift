public import FileAccess

/// Why a folder is no recorded run.
public enum CaptureProblem: InputProblem, Hashable {
  /// None of the files that a capture holds.
  case nothingFound
  /// `capture.json` is no object.
  case notARecord
  /// A form of the record that is not known.
  case schema(String)
  /// `history.json` is not what `History.history` is.
  case notAHistory

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .nothingFound:
      "a folder with none of capture.json, model.keras, data.npz, history.json and log.txt"
    case .notARecord: "no object, as a recorded run has"
    case .schema(let schema): "the form \(schema), where downhill.capture/1 is known"
    case .notAHistory: "no lists of numbers by name, as History.history has"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .nothingFound: "Name the folder of a recorded run, or a .keras file."
    case .notARecord, .schema: "Record the run again with this version."
    case .notAHistory: "Save it with json.dump(history.history, file)."
    }
  }
}
