import Foundation
package import JSON
package import Networks

/// Adam whose step for each variable has the length of the variable (You et al. 2020).
package struct Lamb: Optimizer {
  package static let className = "Lamb"
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
    [[OptimizerSlot("momentum"), OptimizerSlot("velocity")]]
  }

  /// The length of a step depends on the norms of whole variables.
  package let isElementWise = false

  package func update(_ step: OptimizerStep) {
    // In float32, as Keras does: there 1 − 0.999 is 0.00099998.
    let number = Float(step.number)
    let (m, v) = (step.slots[0], step.slots[1])
    let (part1, part2, epsilon) = (Float(1 - beta1), Float(1 - beta2), Float(epsilon))
    let first = 1 / (1 - pow(Float(beta1), number))
    let second = 1 / (1 - pow(Float(beta2), number))
    let (w, g) = (step.parameters, step.gradients)
    for range in step.ranges {
      var (lengthOfWeights, lengthOfStep) = (0.0, 0.0)
      for i in range {
        m[i] += (g[i] - m[i]) * part1
        v[i] += (g[i] * g[i] - v[i]) * part2
        // The gradient is not needed any more: its place takes the step.
        g[i] = m[i] * first / ((v[i] * second).squareRoot() + epsilon)
        lengthOfWeights += Double(w[i]) * Double(w[i])
        lengthOfStep += Double(g[i]) * Double(g[i])
      }
      let ratio =
        lengthOfWeights > 0 && lengthOfStep > 0 ? (lengthOfWeights / lengthOfStep).squareRoot() : 1
      let rate = Float(ratio) * step.rate
      for i in range { w[i] -= rate * g[i] }
    }
  }
}
