package import Graphs
package import JSON

/// In training, multiplies by random numbers around 1 with variance rate / (1 − rate).
package struct GaussianDropout: Layer {
  package static let className = "GaussianDropout"
  package static let supportsMasking = true
  package let rate: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    rate = try configuration.double("rate", default: 0)
    seed = configuration.value("seed")?.int
    guard (0..<1).contains(rate) else {
      throw configuration.error("rate", found: .double(rate), expected: "a number from 0, below 1")
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
    let deviation = (rate / (1 - rate)).squareRoot()
    let noise = scope.graph.scale(scope.random(.normal, like: x), by: deviation)
    return scope.graph.multiply(x, scope.graph.add(noise, 1))
  }
}
