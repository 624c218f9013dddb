package import JSON
package import Tensors

/// Variance 2 / fan_in, Gaussian without its tails (He et al. 2015).
package struct HeNormal: Initializer {
  package static let className = "HeNormal"
  package static let names = ["he_normal"]
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
      for: shape, scale: 2, mode: .fanIn, distribution: .truncatedNormal, random: random)
  }
}
