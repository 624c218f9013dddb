package import Graphs
package import JSON

/// The numbers of categories as vectors with as many elements as there are categories.
package struct CategoryEncoding: Layer {
  package static let className = "CategoryEncoding"
  package let count: Int
  package let output: CategoryOutput

  package init(configuration: Configuration) throws {
    count = try configuration.extents(
      "num_tokens", axes: 1, default: nil, in: 1...SlidingWindow.largestStep)[0]
    output = try CategoryOutput(configuration, default: .multiHot)
    guard output != .int else {
      throw configuration.error(
        "output_mode", found: "int", expected: "one_hot, multi_hot or count")
    }
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["num_tokens": .int(count)]
    result.set("output_mode", output.rawValue, default: CategoryOutput.multiHot.rawValue)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try output.encoded(
      single(inputs), depth: count, layer: Self.className, in: &scope.graph)
  }
}
