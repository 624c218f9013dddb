/// A model cannot be read or run.
public enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The configuration is not that of a Sequential or functional model.
  case notAModel(found: String)
  /// The configuration contradicts itself.
  case malformed(subject: String, found: String, expected: String)
  /// Layers that cannot be run.
  case opaque([OpaqueLayer])
  /// The model was never told the shape of its inputs.
  case unknownInputShape(model: String)
  /// Data that does not fit an input.
  case inputShape(input: String, found: String, expected: String)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .notAModel(let found):
      "model: found \(found), expected the configuration of a Sequential or functional model. "
        + "Save the model with model.save('model.keras')."
    case .malformed(let subject, let found, let expected):
      "\(subject): found \(found), expected \(expected). Save the model again with Keras."
    case .opaque(let layers):
      "model: it cannot be run, because of "
        + layers.map { "layer '\($0.name)' (\($0.className)): \($0.reason)" }
        .joined(separator: "; ")
        + ". Rules can still be applied to it; replace these layers to train it here."
    case .unknownInputShape(let model):
      "model '\(model)': found no input shape, expected one. "
        + "Add keras.Input(shape=…) as the first layer, or give data."
    case .inputShape(let input, let found, let expected):
      "input '\(input)': found data of shape \(found), expected \(expected). "
        + "Reshape the data or change the model's input."
    }
  }
}

/// A layer that cannot be run.
public struct OpaqueLayer: Hashable, Sendable {
  /// Its name in the model.
  public let name: String
  /// Its class.
  public let className: String
  /// Why it cannot be run.
  public let reason: String
}
