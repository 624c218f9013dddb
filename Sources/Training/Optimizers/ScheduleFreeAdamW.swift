import Foundation
package import JSON
package import Networks

/// Adam without moving means of the gradients: a point z takes the steps, and the parameters lie between
/// z and the mean x of all points so far, w = (1 − β₁) · z + β₁ · x.
///
/// Defazio et al. 2024. As in Keras, x is not kept but taken from w, and evaluation sees w.
package struct ScheduleFreeAdamW: Optimizer {
  package static let className = "ScheduleFreeAdamW"
  package let options: OptimizerOptions
  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double
  /// Over how many steps the learning rate rises to its full value.
  package let warmupSteps: Int

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.0025)
    beta1 = try configuration.double("beta_1", default: 0.9)
    beta2 = try configuration.double("beta_2", default: 0.999)
    epsilon = try configuration.double("epsilon", default: 1e-8)
    warmupSteps = try configuration.int("warmup_steps", default: 0)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("beta_1", beta1, default: 0.9)
    result.set("beta_2", beta2, default: 0.999)
    result.set("epsilon", epsilon, default: 1e-8)
    result.set("warmup_steps", warmupSteps, default: 0)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("momentum", start: .parameters), OptimizerSlot("velocity")]]
  }

  package func update(_ step: OptimizerStep) {
    // In float32 throughout, as Keras does.
    let number = Float(step.number)
    var rate = step.rate
    if warmupSteps > 0 { rate *= min(number / Float(warmupSteps), 1) }
    let (beta, rest) = (Float(beta1), 1 - Float(beta1))
    let part = 1 - Float(beta2)
    let correction = 1 - pow(Float(beta2), number)
    let (share, epsilon) = (1 / number, Float(epsilon))
    let (w, g) = (step.parameters, step.gradients)
    let (z, v) = (step.slots[0], step.slots[1])
    for i in 0..<step.count {
      let mean = (w[i] - rest * z[i]) / beta
      v[i] += (g[i] * g[i] - v[i]) * part
      z[i] -= rate * g[i] / ((v[i] / correction).squareRoot() + epsilon)
      w[i] = rest * z[i] + beta * ((1 - share) * mean + share * z[i])
    }
  }
}
