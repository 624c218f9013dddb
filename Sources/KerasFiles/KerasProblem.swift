public import FileAccess

/// Why a `.keras` file is no model that can be read.
public enum KerasProblem: InputProblem, Hashable {
  /// There is no `config.json`.
  case noConfiguration
  /// `config.json` holds something other than a model.
  case noModel

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .noConfiguration: "an archive without config.json, which every .keras file has"
    case .noModel: "no object with class_name and config, as Keras writes a model"
    }
  }

  /// What to do next.
  public var advice: String {
    "Save the model with Keras 3: model.save(\"model.keras\")."
  }
}
