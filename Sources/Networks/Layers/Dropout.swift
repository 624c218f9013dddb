package import Graphs
package import JSON

/// In training, sets each element to 0 with probability `rate` and scales the others by 1 / (1 − rate).
package struct Dropout: Layer {
  package static let className = "Dropout"
  package let rate: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    rate = try configuration.double("rate", default: 0)
    seed = configuration.value("seed")?.int
    if let shape = configuration.value("noise_shape") {
      throw configuration.error(
        "noise_shape", found: shape, expected: "null (this is not supported)")
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
    guard scope.isTraining, rate > 0 else { return x }
    guard rate < 1 else { return scope.graph.multiply(x, scope.graph.constant(0)) }
    let kept = scope.graph.binary(
      .greaterOrEqual, scope.random(.uniform, like: x), scope.graph.constant(rate))
    return scope.graph.multiply(x, scope.graph.scale(kept, by: 1 / (1 - rate)))
  }
}
