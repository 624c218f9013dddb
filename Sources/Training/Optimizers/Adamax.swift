import Foundation
package import JSON
package import Networks

/// Adam with the largest recent gradient in place of the root mean square: u = max(β₂ · u, |g|).
package struct Adamax: Optimizer {
  package static let className = "Adamax"
  package let options: OptimizerOptions
  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    beta1 = try configuration.double("beta_1", default: 0.9)
    beta2 = try configuration.double("beta_2", default: 0.999)
    epsilon = try configuration.double("epsilon", default: 1e-7)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("beta_1", beta1, default: 0.9)
    result.set("beta_2", beta2, default: 0.999)
    result.set("epsilon", epsilon, default: 1e-7)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("momentum"), OptimizerSlot("norm")]]
  }

  package func update(_ step: OptimizerStep) {
    let (w, g) = (step.parameters, step.gradients)
    let m = step.slots[0]
    let u = step.slots[1]
    let rate = step.rate / Float(1 - pow(beta1, Double(step.number)))
    let (part, keep, epsilon) = (Float(1 - beta1), Float(beta2), Float(epsilon))
    for i in 0..<step.count {
      m[i] += (g[i] - m[i]) * part
      u[i] = max(keep * u[i], abs(g[i]))
      w[i] -= rate * m[i] / (u[i] + epsilon)
    }
  }
}
