package import JSON

/// Every activation of Keras.
package enum ActivationCatalogue {
  /// The activations in alphabetical order of their files.
  package static let all: [any Activation.Type] = [
    CELUActivation.self,
    ELUActivation.self,
    ExponentialActivation.self,
    GELUActivation.self,
    GLUActivation.self,
    HardShrinkActivation.self,
    HardSiLUActivation.self,
    HardSigmoidActivation.self,
    HardTanhActivation.self,
    LeakyReLUActivation.self,
    LinearActivation.self,
    LogSigmoidActivation.self,
    LogSoftmaxActivation.self,
    MishActivation.self,
    ReLU6Activation.self,
    ReLUActivation.self,
    SELUActivation.self,
    SiLUActivation.self,
    SigmoidActivation.self,
    SoftShrinkActivation.self,
    SoftmaxActivation.self,
    SoftplusActivation.self,
    SoftsignActivation.self,
    SparsePlusActivation.self,
    SparseSigmoidActivation.self,
    SparsemaxActivation.self,
    SquareplusActivation.self,
    TanhActivation.self,
    TanhShrinkActivation.self,
    ThresholdActivation.self,
  ]

  /// The activation that a configuration means; `null` is the linear one.
  package static func activation(_ json: JSONValue?) throws -> any Activation {
    guard let json, !json.isNull else {
      return LinearActivation(configuration: Configuration(subject: "linear"))
    }
    let reference = try ObjectReference(json, kind: "activation")
    if let type = all.first(where: { $0.isNamed(reference.name) }) {
      return try type.init(configuration: reference.configuration)
    }
    if !reference.isString, let layer = try? LayerCatalogue.layer(reference) {
      return try LayerActivation(layer, reference.configuration)
    }
    throw reference.unknown("activation", known: all.map { type in type.className })
  }

  /// How an activation stands in a layer's configuration.
  package static func json(_ activation: any Activation) -> JSONValue {
    if let wrapped = activation as? LayerActivation {
      return objectJSON(wrapped.layer, module: "keras.layers")
    }
    return .string(type(of: activation).className)
  }
}

extension Configuration {
  /// The activation under a key.
  package func activation(_ key: String = "activation") throws -> any Activation {
    do {
      return try ActivationCatalogue.activation(values[key])
    } catch let error as ConfigurationError {
      throw self.error(key, found: values[key], expected: error.expected)
    }
  }
}
