package import Graphs
package import JSON
import Tensors

/// Dropout of whole channels over the whole volume.
package struct SpatialDropout3D: Layer {
  package static let className = "SpatialDropout3D"
  package let rate: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    rate = try configuration.double("rate", default: 0)
    seed = configuration.value("seed")?.int
    let format = try configuration.string("data_format", default: "channels_last")
    guard format == "channels_last" else {
      throw configuration.error(
        "data_format", found: .string(format), expected: "channels_last")
    }
    guard (0...1).contains(rate) else {
      throw configuration.error("rate", found: .double(rate), expected: "a number from 0 to 1")
    }
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["rate": .double(rate)]
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(5...5, shape)
    guard scope.isTraining, rate > 0 else { return x }
    guard rate < 1 else { return scope.graph.multiply(x, scope.graph.constant(0)) }
    var extents = shape.extents
    for axis in 1...3 { extents[axis] = 1 }
    let random = scope.random(.uniform, shape: Shape(extents))
    let kept = scope.graph.binary(.greaterOrEqual, random, scope.graph.constant(rate))
    return scope.graph.multiply(x, scope.graph.scale(kept, by: 1 / (1 - rate)))
  }
}
