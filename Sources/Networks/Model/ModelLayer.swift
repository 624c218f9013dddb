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
  public var inputs: [String] {
    (calls.first?.arguments ?? []).compactMap {
      if case .tensor(let reference) = $0 { return reference.layer }
      return nil
    }
  }
}

/// One use of a layer.
public struct LayerCall: Hashable, Sendable {
  /// What a layer is called with.
  public enum Argument: Hashable, Sendable {
    /// The result of another layer.
    case tensor(TensorReference)
    /// A plain number, as in `x * 2`.
    case number(Double)
  }

  /// What the layer is called with, in order.
  public let arguments: [Argument]
  /// Whether the call says that it is training, or is not; `nil` if it leaves that to the model.
  public let training: Bool?
}

/// Which result of which call of which layer.
public struct TensorReference: Hashable, Sendable {
  /// The name of the layer.
  public let layer: String
  /// Which of its calls, from 0.
  public let call: Int
  /// Which of the call's results, from 0.
  public let output: Int
}
