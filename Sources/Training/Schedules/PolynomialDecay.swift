import Foundation
package import JSON
package import Networks

/// From `initial` to `end` along (1 − step / steps)^power; with `cycle` the steps grow by multiples.
package struct PolynomialDecay: Schedule {
  package static let className = "PolynomialDecay"
  package let initial: Double
  package let steps: Double
  package let end: Double
  package let power: Double
  package let cycles: Bool

  package init(configuration: Configuration) throws {
    initial = try configuration.required("initial_learning_rate")
    steps = try configuration.required("decay_steps")
    end = try configuration.double("end_learning_rate", default: 0.0001)
    power = try configuration.double("power", default: 1)
    cycles = try configuration.bool("cycle", default: false)
    guard steps > 0 else {
      throw configuration.error(
        "decay_steps", found: .double(steps), expected: "a positive number")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["initial_learning_rate"] = .double(initial)
    result["decay_steps"] = .double(steps)
    result.set("end_learning_rate", end, default: 0.0001)
    result.set("power", power, default: 1)
    result.set("cycle", cycles, default: false)
    return result
  }

  package func learningRate(at step: Int) -> Double {
    var (step, length) = (Double(step), steps)
    if cycles {
      length *= step == 0 ? 1 : (step / steps).rounded(.up)
    } else {
      step = min(step, length)
    }
    return (initial - end) * pow(1 - step / length, power) + end
  }
}
