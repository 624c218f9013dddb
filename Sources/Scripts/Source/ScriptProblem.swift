public import FileAccess

/// Why a script cannot be read.
public enum ScriptProblem: InputProblem, Hashable {
  /// There is no Python to parse it with.
  case noPython
  /// Python did not parse it, and why.
  case parserFailed(String)
  /// More text than people write.
  case tooLarge(bytes: Int, limit: Int)
  /// A notebook that is none.
  case notANotebook
  /// A place for a patch that cannot hold one.
  case notPatchable(String)

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .noPython: "no python3 on the PATH, whose parser reads scripts (nothing of them is run)"
    case .parserFailed(let reason): "Python's parser gave no tree of it: \(reason)"
    case .tooLarge(let bytes, let limit):
      "\(bytes) bytes, where a script of at most \(limit) is expected"
    case .notANotebook: "JSON without a list of cells, where a notebook is expected"
    case .notPatchable(let reason): reason
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .noPython:
      "Install Python 3.6 or later, or name it: DOWNHILL_PYTHON=/path/to/python3; or give a .keras "
        + "file or a recorded run, which need no Python."
    case .parserFailed: "Check that it is Python, or give the part that builds and fits the model."
    case .tooLarge: "Give the part that builds, compiles and fits the model."
    case .notANotebook: "Save it again with Jupyter, or give the code as .py or .txt."
    case .notPatchable: "Make the change by hand: the report says where."
    }
  }
}
