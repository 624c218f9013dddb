import Foundation
package import JSON
package import Networks

/// Adam with Nesterov's look ahead (Dozat 2016).
package struct Nadam: Optimizer {
  package static let className = "Nadam"
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

  package var initialScalars: [Double] { [1] }

  package func update(_ step: OptimizerStep) {
    let number = Double(step.number)
    let now = beta1 * (1 - 0.5 * pow(0.96, number))
    let next = beta1 * (1 - 0.5 * pow(0.96, number + 1))
    step.scalars[0] *= now
    let product = step.scalars[0]
    let (w, g) = (step.parameters, step.gradients)
    let m = step.slots[0]
    let v = step.slots[1]
    let (part1, part2, epsilon) = (Float(1 - beta1), Float(1 - beta2), Float(epsilon))
    let ahead = Float(next / (1 - product * next))
    let here = Float((1 - now) / (1 - product))
    let correction = Float(1 / (1 - pow(beta2, number)))
    let rate = step.rate
    for i in 0..<step.count {
      m[i] += (g[i] - m[i]) * part1
      v[i] += (g[i] * g[i] - v[i]) * part2
      w[i] -= (ahead * m[i] + here * g[i]) * rate / ((v[i] * correction).squareRoot() + epsilon)
    }
  }
}
