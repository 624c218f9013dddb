import CaseFile
import JSON

/// Sets an argument of a layer, as `layers.dense_1.activation`.
struct LayerConfigurationEdit: EditRule {
  let pattern = ["layers", "*", "*"]
  let place = EditPlace.model

  /// Arguments that say from which numbers a weight starts: setting one draws those weights afresh.
  private static let initialisers = [
    "kernel_initializer": "kernel", "bias_initializer": "bias",
    "recurrent_initializer": "recurrent_kernel", "embeddings_initializer": "embeddings",
  ]

  /// Classes whose name is their activation; another activation needs another class.
  private static let namedActivations: Set<String> = [
    "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax",
  ]

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let (name, key) = (path[1], path[2])
    try run.editLayer(name) { layer in
      if key == "activation",
        let className = layer["class_name"]?.string,
        LayerConfigurationEdit.namedActivations.contains(className)
      {
        layer["class_name"] = "Activation"
        layer["config"] = ["name": .string(name), "activation": edit.to]
      } else {
        var configuration = layer["config"] ?? [:]
        configuration[key] = edit.to
        layer["config"] = configuration
      }
    }
    if let variable = LayerConfigurationEdit.initialisers[key] {
      run.forgetWeights(ofLayer: name, variable: variable)
    }
  }
}
