public import JSON

/// A layer of a model that is being written: `Dense(64, activation: .relu)`.
///
/// Put several into ``Sequential(input:name:seed:_:)``, or call one with what it is to work on:
/// `let h = Dense(64, activation: .relu)(x)`. A layer that is called twice shares its weights.
public protocol LayerBuilding: Sendable {
  /// The layer in Keras' terms.
  var entry: LayerEntry { get }
}

/// A layer in Keras' terms: its class and the arguments that are not Keras' defaults.
///
/// Any layer of Keras can be written this way, also those without a Swift type of their own:
///
/// ```swift
/// LayerEntry("SeparableConv2D", ["filters": 32, "kernel_size": 3, "activation": "relu"])
/// ```
public struct LayerEntry: LayerBuilding {
  /// Keras' class.
  public let className: String
  /// The arguments, in Keras' names.
  public let arguments: JSONObject
  /// What tells two layers of the same class and arguments apart, and a layer used twice from two.
  let identity: Identity

  final class Identity: Sendable {}

  /// A layer.
  public init(_ className: String, _ arguments: JSONObject = [:]) {
    self.className = className
    self.arguments = arguments
    identity = Identity()
  }

  /// Itself.
  public var entry: LayerEntry { self }
}

extension LayerBuilding {
  /// What the layer computes of one result: one more node of a functional model.
  public func callAsFunction(_ input: Symbol) -> Symbol {
    Symbol(entry, of: [input], isList: false)
  }

  /// What the layer computes of several results: `Concatenate()([a, b])`.
  public func callAsFunction(_ inputs: [Symbol]) -> Symbol {
    Symbol(entry, of: inputs, isList: true)
  }
}

/// Collects the layers of ``Sequential(input:name:seed:_:)``; `if` and `for` work as in any block.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: some LayerBuilding) -> [LayerEntry] { [layer.entry] }
  /// Several layers that were made before.
  public static func buildExpression(_ layers: [any LayerBuilding]) -> [LayerEntry] {
    layers.map(\.entry)
  }
  /// All lines of a block.
  public static func buildBlock(_ parts: [LayerEntry]...) -> [LayerEntry] { parts.flatMap(\.self) }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [LayerEntry]?) -> [LayerEntry] { part ?? [] }
  /// The first branch of an `if`.
  public static func buildEither(first part: [LayerEntry]) -> [LayerEntry] { part }
  /// The other branch of an `if`.
  public static func buildEither(second part: [LayerEntry]) -> [LayerEntry] { part }
  /// A `for`.
  public static func buildArray(_ parts: [[LayerEntry]]) -> [LayerEntry] { parts.flatMap(\.self) }
}
