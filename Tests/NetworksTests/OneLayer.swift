import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// A model of the one layer of a golden entry, named `tested`.
///
/// - Parameter inputShapes: The shapes of its inputs, batch included, if not those of the entry.
func modelOfOneLayer(
  _ entry: JSONValue, inputShapes: [Shape]? = nil
) throws -> Model {
  let name = try #require(entry["class_name"]?.string)
  let config = try #require(entry["config"])
  let inputs = (inputShapes ?? (entry["inputs"]?.tensors ?? []).map(\.shape)).map { shape in
    JSONValue.array([.null] + shape.extents.dropFirst().map { .int($0) })
  }
  let layers: [JSONValue] = inputs.enumerated().map { index, shape in
    [
      "class_name": "InputLayer", "name": .string("input\(index)"),
      "config": ["batch_shape": shape, "name": .string("input\(index)")],
      "inbound_nodes": [],
    ]
  }
  let tensors: [JSONValue] = inputs.indices.map {
    [
      "class_name": "__keras_tensor__",
      "config": ["keras_history": [.string("input\($0)"), 0, 0]],
    ]
  }
  let arguments: JSONValue = tensors.count == 1 ? .array(tensors) : .array([.array(tensors)])
  let layer: JSONValue = [
    "module": "keras.layers", "class_name": .string(name), "config": config, "name": "tested",
    "inbound_nodes": [["args": arguments, "kwargs": [:]]],
  ]
  let references: [JSONValue] = inputs.indices.map { [.string("input\($0)"), 0, 0] }
  return try Model(
    configuration: [
      "class_name": "Functional",
      "config": [
        "name": "m", "layers": .array(layers + [layer]),
        "input_layers": .array(references), "output_layers": [["tested", 0, 0]],
      ],
    ])
}
