package import Graphs
package import JSON

/// In training, adds Gaussian noise.
package struct GaussianNoise: Layer {
  package static let className = "GaussianNoise"
  package static let supportsMasking = true
  package let standardDeviation: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    standardDeviation = try configuration.double("stddev", default: 0)
    guard (0...1).contains(standardDeviation) else {
      throw configuration.error(
        "stddev", found: .double(standardDeviation), expected: "a number from 0 to 1")
    }
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["stddev": .double(standardDeviation)]
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    guard scope.isTraining, standardDeviation > 0 else { return x }
    let noise = scope.random(.normal, like: x)
    return scope.graph.add(x, scope.graph.scale(noise, by: standardDeviation))
  }
}
