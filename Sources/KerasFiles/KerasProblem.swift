public import FileAccess

/// Why a `.keras` file is no model that can be read.
public enum KerasProblem: InputProblem, Hashable {
  /// There is no `config.json`.
  case noConfiguration
  /// `config.json` holds something other than a model.
  case noModel
  /// Weights without a model.
  case weightsAlone
  /// An HDF5 file that is none of Keras'.
  case noWeights
  /// A layer has more or fewer arrays than its class has.
  case weightCount(layer: String, found: Int, expected: Int)
  /// A variable of the model has no weights in the file.
  case missingWeights(variable: String, path: String, shape: [Int])
  /// The weights of a variable have another shape than the model asks for.
  case weightShape(variable: String, path: String, found: [Int], expected: [Int])

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .noConfiguration: return "an archive without config.json, which every .keras file has"
    case .noModel: return "no object with class_name and config, as Keras writes a model"
    case .weightsAlone: return "weights without the model that they belong to"
    case .noWeights: return "an HDF5 file that is none of Keras'"
    case .weightCount(let layer, let found, let expected):
      return "\(found) arrays for the layer \(layer), which has \(expected)"
    case .missingWeights(let variable, let path, let shape):
      return "no weights \(path) for \(variable) of shape \(shape)"
    case .weightShape(let variable, let path, let found, let expected):
      let axis =
        found.count == expected.count
        ? zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset : nil
      let place =
        axis.map { "axis \($0): \(found[$0]) and \(expected[$0])" }
        ?? "ranks \(found.count) and \(expected.count)"
      return "the weights \(path) have the shape \(found), where \(variable) has \(expected); they "
        + "differ in \(place)"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .weightsAlone:
      "Name the model too: its .keras file, or what model.to_json() gives, saved as .json."
    default: "Save the model with Keras 3: model.save(\"model.keras\")."
    }
  }
}
