package import JSON
package import Tensors

/// Variance 1 / fan_in, evenly spread (LeCun et al. 1998).
package struct LecunUniform: Initializer {
  package static let className = "LecunUniform"
  package static let names = ["lecun_uniform"]
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
      for: shape, scale: 1, mode: .fanIn, distribution: .uniform, random: random)
  }
}
