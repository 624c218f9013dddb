package import JSON
package import Tensors

/// Numbers evenly spread over [minval, maxval).
package struct RandomUniform: Initializer {
  package static let className = "RandomUniform"
  package static let names = ["random_uniform", "uniform"]
  package let minimum: Double
  package let maximum: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    minimum = try configuration.double("minval", default: -0.05)
    maximum = try configuration.double("maxval", default: 0.05)
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("minval", minimum, default: -0.05)
    result.set("maxval", maximum, default: 0.05)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    random.uniform(shape, low: minimum, high: maximum)
  }
}
