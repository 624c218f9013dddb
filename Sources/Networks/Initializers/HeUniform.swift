package import JSON
package import Tensors

/// Variance 2 / fan_in, evenly spread (He et al. 2015).
package struct HeUniform: Initializer {
  package static let className = "HeUniform"
  package static let names = ["he_uniform"]
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
      for: shape, scale: 2, mode: .fanIn, distribution: .uniform, random: random)
  }
}
