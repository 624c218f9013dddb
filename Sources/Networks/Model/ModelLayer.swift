public import JSON

/// A layer's place in a model: its name, what it is, and where its inputs come from.
public struct ModelLayer: Sendable {
  /// What stands at the place.
  public enum Content: Sendable {
    /// A layer that can be run.
    case layer(any Layer)
    /// A model inside the model.
    case model(Model)
    /// Something that cannot be run, and why.
    case opaque(reason: String)
  }

  /// Its name, unique in the model.
  public let name: String
  /// Keras' class.
  public let className: String
  /// What it is.
  public let content: Content
  /// Its `trainable` flag.
  public let isTrainable: Bool
  /// The calls of the layer: several for a shared layer, none for an input layer.
  public let calls: [LayerCall]
  /// Its entry in the file, for what is not interpreted here.
  public let original: JSONValue
  /// Whether it is an operation on tensors (`a + b`), which is no layer to Keras.
  package let isOperation: Bool

  /// The layer, if it is one that can be run.
  public var layer: (any Layer)? {
    if case .layer(let layer) = content { return layer }
    return nil
  }

  /// Whether it cannot be run.
  public var isOpaque: Bool {
    if case .opaque = content { return true }
    return false
  }

  /// Whether data enters here.
  package var isInput: Bool { layer is InputLayer || className == InputLayer.className }

  /// The names of the layers that its first call takes its inputs from, in order.
  public var inputs: [String] { calls.first.map { inputs(of: $0.arguments).map(\.layer) } ?? [] }

  /// The tensors among the arguments of a call that are inputs.
  package func inputs<T>(of arguments: CallArguments<T>) -> [T] {
    switch content {
    case .layer(let layer):
      isOperation ? arguments.tensors : arguments.tensors(type(of: layer).inputNames)
    case .model: arguments.tensors(["inputs"])
    case .opaque: arguments.tensors
    }
  }

  /// The inputs of a model within the model, with the masks that the call names.
  func maskedInputs(of arguments: CallArguments<MaskedValue>) -> [MaskedValue] {
    let masks = arguments["mask"]?.tensors
    return inputs(of: arguments).enumerated().map { position, input in
      guard let masks, masks.indices.contains(position) else { return input }
      return MaskedValue(input.value, mask: masks[position].value)
    }
  }
}

/// One use of a layer.
public struct LayerCall: Hashable, Sendable {
  /// What the layer is called with.
  public let arguments: CallArguments<TensorReference>

  /// A call with the given arguments.
  package init(_ arguments: CallArguments<TensorReference>) { self.arguments = arguments }
}

/// Which result of which call of which layer.
public struct TensorReference: Hashable, Sendable {
  /// The name of the layer.
  public let layer: String
  /// Which of its calls, from 0.
  public let call: Int
  /// Which of the call's results, from 0.
  public let output: Int

  /// The first result of the same call.
  var firstOutput: TensorReference { TensorReference(layer: layer, call: call, output: 0) }
}
