package import Graphs
package import JSON

/// In training, sets elements to the limit of selu, then scales and shifts all, so that mean and
/// variance stay (Klambauer et al. 2017).
package struct AlphaDropout: Layer {
  package static let className = "AlphaDropout"
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
    let limit = -1.7580993408473766  // −alpha · scale of selu
    let scale = 1 / ((1 - rate) * (1 + rate * limit * limit)).squareRoot()
    let kept = scope.graph.binary(
      .greaterOrEqual, scope.random(.uniform, like: x), scope.graph.constant(rate))
    let dropped = scope.graph.select(kept, x, scope.graph.constant(limit))
    return scope.graph.add(scope.graph.scale(dropped, by: scale), -scale * limit * rate)
  }
}
