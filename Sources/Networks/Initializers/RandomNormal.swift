package import JSON
package import Tensors

/// Gaussian numbers.
package struct RandomNormal: Initializer {
  package static let className = "RandomNormal"
  package static let names = ["random_normal", "normal"]
  package let mean: Double
  package let standardDeviation: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    mean = try configuration.double("mean", default: 0)
    standardDeviation = try configuration.double("stddev", default: 0.05)
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("mean", mean, default: 0)
    result.set("stddev", standardDeviation, default: 0.05)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    random.normal(shape, mean: mean, standardDeviation: standardDeviation)
  }
}
