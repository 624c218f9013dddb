package import JSON
package import Tensors

/// Variance 1 / fan_in, Gaussian without its tails (LeCun et al. 1998).
package struct LecunNormal: Initializer {
  package static let className = "LecunNormal"
  package static let names = ["lecun_normal"]
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
      for: shape, scale: 1, mode: .fanIn, distribution: .truncatedNormal, random: random)
  }
}
