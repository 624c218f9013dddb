import JSON

/// A result within a functional model that is being written: an input, or what a layer computes.
///
/// ```swift
/// let x = Input([4])
/// let h = Dense(8, activation: .relu)(x)
/// let y = Dense(1)(Concatenate()([x, h]))
/// var network = try Network(inputs: [x], outputs: [y])
/// ```
public final class Symbol: Sendable {
  let layer: LayerEntry
  let inputs: [Symbol]
  let takesList: Bool

  init(_ layer: LayerEntry, of inputs: [Symbol], isList: Bool) {
    self.layer = layer
    self.inputs = inputs
    takesList = isList
  }

  /// The sum, element by element.
  public static func + (left: Symbol, right: Symbol) -> Symbol {
    Symbol(LayerEntry("Add"), of: [left, right], isList: true)
  }

  /// The product, element by element.
  public static func * (left: Symbol, right: Symbol) -> Symbol {
    Symbol(LayerEntry("Multiply"), of: [left, right], isList: true)
  }

  /// The difference, element by element.
  public static func - (left: Symbol, right: Symbol) -> Symbol {
    Symbol(LayerEntry("Subtract"), of: [left, right], isList: true)
  }
}

// Keras' name, for what stands where a type stands.
// swift-format-ignore: AlwaysUseLowerCamelCase
/// Where data enters a functional model.
///
/// - Parameters:
///   - shape: The shape of one row: `[28, 28, 1]`, `[4]`.
///   - dtype: What it holds: `string` for a model that takes texts in.
///   - name: The name of the input.
public func Input(_ shape: [Int], dtype: String = "float32", name: String? = nil) -> Symbol {
  var arguments: JSONObject = [
    "batch_shape": .array([.null] + shape.map { .int($0) })
  ]
  if dtype != "float32" { arguments["dtype"] = .string(dtype) }
  if let name { arguments["name"] = .string(name) }
  return Symbol(LayerEntry("InputLayer", arguments), of: [], isList: false)
}
