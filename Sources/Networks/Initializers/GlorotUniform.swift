package import JSON
package import Tensors

/// Variance 1 / (fan_in + fan_out)/2, evenly spread (Glorot & Bengio 2010).
package struct GlorotUniform: Initializer {
  package static let className = "GlorotUniform"
  package static let names = ["glorot_uniform"]
  package let seed: Int?

  package init(configuration: Configuration) throws {
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    VarianceScaling.values(
      for: shape, scale: 1, mode: .fanAverage, distribution: .uniform, random: random)
  }
}
