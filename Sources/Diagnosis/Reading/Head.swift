package import CaseFile

/// The end of a model as the loss meets it: how many numbers come out, and through which function.
package struct Head: Hashable, Sendable {
  /// The layer that holds the units: the last one with weights.
  package var unitsLayer: String
  /// The layer that applies the last activation; often the same.
  package var activationLayer: String
  /// The last activation in Keras' words, `linear` for none.
  package var activation: String
  /// An activation that was applied before the last one, with nothing but the same numbers between
  /// them; `nil` for none.
  package var earlierActivation: String?
  /// The layer that applies it.
  package var earlierActivationLayer: String?
  /// The extent of the last axis of the output.
  package var units: Int?
  /// The shape of the output without the batch, where known.
  package var shape: [Int?]?

  /// Layers that only apply a function, by class name, and what Keras calls that function.
  private static let activationLayers = [
    "ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "PReLU": "leaky_relu",
    "Softmax": "softmax",
  ]
  /// Layers that move or scale numbers without changing which values can come out.
  private static let transparentLayers: Set<String> = [
    "Flatten", "Reshape", "Permute", "Dropout", "Identity", "ActivityRegularization",
  ]

  /// Reads the end of a model with one output; `nil` if there are several or the last layer is of a
  /// class whose result nobody can know.
  package init?(_ model: ModelFacts) {
    guard model.outputLayers.count == 1, var layer = model.layer(named: model.outputLayers[0])
    else { return nil }
    let shape = layer.outputShape
    var applied: [(layer: String, name: String)] = []
    while true {
      if let name = Head.activationLayers[layer.className] {
        applied.append((layer.name, name))
      } else if layer.className == "Activation" {
        guard let name = layer.activation else { return nil }
        if name != "linear" { applied.append((layer.name, name)) }
      } else if !Head.transparentLayers.contains(layer.className) {
        break
      }
      guard layer.inputs.count == 1, let before = model.layer(named: layer.inputs[0])
      else { return nil }
      layer = before
    }
    guard let units = layer.units ?? shape?.last.flatMap({ $0 }), layer.activation != nil
    else { return nil }
    unitsLayer = layer.name
    if let own = layer.activation, own != "linear" { applied.append((layer.name, own)) }
    activationLayer = applied.first?.layer ?? layer.name
    activation = Head.canonical(applied.first?.name ?? "linear")
    earlierActivation = applied.count > 1 ? Head.canonical(applied[1].name) : nil
    earlierActivationLayer = applied.count > 1 ? applied[1].layer : nil
    self.units = shape?.last.flatMap { $0 } ?? units
    self.shape = shape
  }

  private static func canonical(_ activation: String) -> String {
    switch activation {
    case "swish": "silu"
    case "hard_swish": "hard_silu"
    default: activation
    }
  }

  /// The interval in which the activation's values lie.
  package var range: ClosedRange<Double> {
    switch activation {
    case "sigmoid", "hard_sigmoid", "softmax", "sparse_sigmoid", "sparsemax": 0...1
    case "tanh", "hard_tanh", "softsign": -1...1
    case "relu", "softplus", "exponential", "squareplus", "sparse_plus": 0...(.infinity)
    case "relu6": 0...6
    case "log_softmax", "log_sigmoid": -.infinity...0
    default: -.infinity...(.infinity)
    }
  }

  /// Whether the values are probabilities of classes that exclude each other.
  package var isSoftmax: Bool { activation == "softmax" }
  /// Whether every value is a probability of its own.
  package var isSigmoid: Bool { ["sigmoid", "hard_sigmoid"].contains(activation) }
  /// Whether the values are probabilities.
  package var isProbability: Bool { isSoftmax || isSigmoid }
}
