package import Graphs
package import JSON

/// Where data enters a model.
package struct InputLayer: Layer {
  package static let className = "InputLayer"
  /// The shape of the data, batch first; `nil` entries are not fixed, no entries at all: not known.
  package let batchShape: [Int?]
  package let dtype: String

  package init(configuration: Configuration) throws {
    let key = configuration.value("batch_shape") == nil ? "batch_input_shape" : "batch_shape"
    if let shape = configuration.value("shape")?.array {
      batchShape = [nil] + shape.map(\.int)
    } else if let shape = configuration.value(key)?.array {
      batchShape = shape.map(\.int)
    } else {
      throw configuration.error(
        "batch_shape", found: configuration.values["batch_shape"], expected: "a list")
    }
    dtype = configuration.value("dtype")?.string ?? "float32"
  }

  /// An input of a shape, batch first.
  package init(batchShape: [Int?], dtype: String = "float32") {
    self.batchShape = batchShape
    self.dtype = dtype
  }

  package var configuration: JSONObject {
    var result: JSONObject = [
      "batch_shape": .array(batchShape.map { $0.map { .int($0) } ?? .null })
    ]
    result.set("dtype", dtype, default: "float32")
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try single(inputs)
  }
}
