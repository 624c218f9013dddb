import Foundation
package import JSON
package import Networks

/// Half cosines one after the other, each `t_mul` times as long and `m_mul` times as high.
package struct CosineDecayRestarts: Schedule {
  package static let className = "CosineDecayRestarts"
  package let initial: Double
  package let steps: Double
  package let lengthFactor: Double
  package let heightFactor: Double
  package let alpha: Double

  package init(configuration: Configuration) throws {
    initial = try configuration.required("initial_learning_rate")
    steps = try configuration.required("first_decay_steps")
    lengthFactor = try configuration.double("t_mul", default: 2)
    heightFactor = try configuration.double("m_mul", default: 1)
    alpha = try configuration.double("alpha", default: 0)
    guard steps > 0 else {
      throw configuration.error(
        "first_decay_steps", found: .double(steps), expected: "a positive number")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["initial_learning_rate"] = .double(initial)
    result["first_decay_steps"] = .double(steps)
    result.set("t_mul", lengthFactor, default: 2)
    result.set("m_mul", heightFactor, default: 1)
    result.set("alpha", alpha, default: 0)
    return result
  }

  package func learningRate(at step: Int) -> Double {
    var part = Double(step) / steps
    var restarts: Double
    if lengthFactor == 1 {
      restarts = part.rounded(.down)
      part -= restarts
    } else {
      restarts = (log(1 - part * (1 - lengthFactor)) / log(lengthFactor)).rounded(.down)
      let before = (1 - pow(lengthFactor, restarts)) / (1 - lengthFactor)
      part = (part - before) / pow(lengthFactor, restarts)
    }
    let wave = 0.5 * pow(heightFactor, restarts) * (1 + cos(Double.pi * part))
    return initial * ((1 - alpha) * wave + alpha)
  }
}
