import Foundation
package import JSON
package import Networks

/// Half a cosine from the top down to `alpha` times the top, after a straight rise to `warmup_target`.
package struct CosineDecay: Schedule {
  package static let className = "CosineDecay"
  package let initial: Double
  package let steps: Double
  package let alpha: Double
  package let warmupTarget: Double?
  package let warmupSteps: Double

  package init(configuration: Configuration) throws {
    initial = try configuration.required("initial_learning_rate")
    steps = try configuration.required("decay_steps")
    alpha = try configuration.double("alpha", default: 0)
    warmupTarget = try configuration.double("warmup_target")
    warmupSteps = try configuration.double("warmup_steps", default: 0)
    guard steps > 0 else {
      throw configuration.error(
        "decay_steps", found: .double(steps), expected: "a positive number")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["initial_learning_rate"] = .double(initial)
    result["decay_steps"] = .double(steps)
    result.set("alpha", alpha, default: 0)
    result.set("warmup_target", warmupTarget)
    result.set("warmup_steps", warmupSteps, default: 0)
    return result
  }

  package func learningRate(at step: Int) -> Double {
    guard let warmupTarget else { return decayed(from: initial, at: min(Double(step), steps)) }
    let step = min(Double(step), steps + warmupSteps)
    if step < warmupSteps {
      return initial + (warmupTarget - initial) * step / warmupSteps
    }
    return decayed(from: warmupTarget, at: step - warmupSteps)
  }

  private func decayed(from top: Double, at step: Double) -> Double {
    let wave = 0.5 * (1 + cos(Double.pi * step / steps))
    return top * ((1 - alpha) * wave + alpha)
  }
}
