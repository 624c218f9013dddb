package import JSON
package import Tensors

/// Random numbers whose variance is `scale` divided by the number of inputs (or outputs, or their
/// average) of a unit, so that signals keep their size from layer to layer.
package struct VarianceScaling: Initializer {
  /// How the numbers are spread.
  package enum Distribution: String, Hashable, Sendable, CaseIterable {
    case truncatedNormal = "truncated_normal"
    case untruncatedNormal = "untruncated_normal"
    case uniform
  }

  package static let className = "VarianceScaling"
  package let scale: Double
  package let mode: FanMode
  package let distribution: Distribution
  package let seed: Int?

  package init(configuration: Configuration) throws {
    scale = try configuration.double("scale", default: 1)
    guard scale > 0 else {
      throw configuration.error(
        "scale", found: .double(scale), expected: "a positive number")
    }
    let mode = try configuration.string("mode", default: "fan_in")
    guard let knownMode = FanMode(rawValue: mode) else {
      throw configuration.error(
        "mode", found: .string(mode), expected: "fan_in, fan_out or fan_avg")
    }
    self.mode = knownMode
    let name = try configuration.string("distribution", default: "truncated_normal").lowercased()
    guard let known = Distribution(rawValue: name == "normal" ? "truncated_normal" : name) else {
      throw configuration.error(
        "distribution", found: .string(name),
        expected: "uniform, truncated_normal or untruncated_normal")
    }
    distribution = known
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("scale", scale, default: 1)
    result.set("mode", mode.rawValue, default: "fan_in")
    result.set("distribution", distribution.rawValue, default: "truncated_normal")
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    Self.values(for: shape, scale: scale, mode: mode, distribution: distribution, random: random)
  }

  /// The standard deviation of a Gaussian with variance 1 cut off at ±2.
  private static let truncatedDeviation = 0.87962566103423978

  /// The numbers of every initializer of this family.
  static func values(
    for shape: Shape, scale: Double, mode: FanMode, distribution: Distribution,
    random: RandomNumbers
  ) -> Tensor {
    let variance = scale / max(1, mode.fan(of: shape))
    switch distribution {
    case .truncatedNormal:
      return random.truncatedNormal(
        shape, mean: 0, standardDeviation: variance.squareRoot() / truncatedDeviation)
    case .untruncatedNormal:
      return random.normal(shape, mean: 0, standardDeviation: variance.squareRoot())
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return random.uniform(shape, low: -limit, high: limit)
    }
  }
}
