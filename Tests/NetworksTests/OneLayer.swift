import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// An input of a model of one layer.
struct TestedInput {
  /// The shape of a row; `nil` for extents that are open.
  let row: [Int?]
  /// What it holds, if not floats.
  let type: String?

  init(_ row: [Int?], type: String? = nil) {
    (self.row, self.type) = (row, type)
  }
}

/// A model of the one layer of a golden entry, named `tested`.
///
/// - Parameters:
///   - inputs: What the layer is called with.
///   - rowShapes: The shapes of the data that the model is given, if they are known.
///   - isSpread: Whether each input is an argument of its own; else several are one list.
func modelOfOneLayer(
  _ entry: JSONValue, inputs: [TestedInput], rowShapes: [Shape]? = nil, isSpread: Bool = false
) throws -> Model {
  let className = try #require(entry["class_name"]?.string)
  let config = try #require(entry["config"])
  let names = inputs.indices.map { JSONValue.string("input\($0)") }
  let layers: [JSONValue] = zip(names, inputs).map { name, input in
    var arguments: JSONValue = [
      "batch_shape": .array([.null] + input.row.map { $0.map { .int($0) } ?? .null }),
      "name": name,
    ]
    if let type = input.type { arguments["dtype"] = .string(type) }
    return [
      "class_name": "InputLayer", "name": name, "config": arguments, "inbound_nodes": [],
    ]
  }
  let tensors: [JSONValue] = names.map {
    ["class_name": "__keras_tensor__", "config": ["keras_history": [$0, 0, 0]]]
  }
  let arguments: JSONValue =
    tensors.count == 1 || isSpread ? .array(tensors) : .array([.array(tensors)])
  let tested: JSONValue = [
    "module": "keras.layers", "class_name": .string(className), "config": config,
    "name": "tested", "inbound_nodes": [["args": arguments, "kwargs": [:]]],
  ]
  return try Model(
    configuration: [
      "class_name": "Functional",
      "config": [
        "name": "m", "layers": .array(layers + [tested]),
        "input_layers": .array(names.map { [$0, 0, 0] }), "output_layers": [["tested", 0, 0]],
      ],
    ], inputRowShapes: rowShapes)
}

/// A model of the one layer of a golden entry, named `tested`.
///
/// - Parameter inputShapes: The shapes of its inputs, batch included, if not those of the entry.
func modelOfOneLayer(_ entry: JSONValue, inputShapes: [Shape]? = nil) throws -> Model {
  let shapes = inputShapes ?? (entry["inputs"]?.tensors ?? []).map(\.shape)
  return try modelOfOneLayer(
    entry, inputs: shapes.map { TestedInput(Array($0.extents.dropFirst())) })
}
