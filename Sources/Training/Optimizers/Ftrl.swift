import Foundation
package import JSON
package import Networks

/// Follow the regularized leader (McMahan et al. 2013), for sparse models.
package struct Ftrl: Optimizer {
  package static let className = "Ftrl"
  package let options: OptimizerOptions
  package let power: Double
  package let initial: Double
  package let l1: Double
  package let l2: Double
  package let shrinkage: Double
  package let beta: Double

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    power = try configuration.double("learning_rate_power", default: -0.5)
    initial = try configuration.double("initial_accumulator_value", default: 0.1)
    l1 = try configuration.double("l1_regularization_strength", default: 0)
    l2 = try configuration.double("l2_regularization_strength", default: 0)
    shrinkage = try configuration.double("l2_shrinkage_regularization_strength", default: 0)
    beta = try configuration.double("beta", default: 0)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("learning_rate_power", power, default: -0.5)
    result.set("initial_accumulator_value", initial, default: 0.1)
    result.set("l1_regularization_strength", l1, default: 0)
    result.set("l2_regularization_strength", l2, default: 0)
    result.set("l2_shrinkage_regularization_strength", shrinkage, default: 0)
    result.set("beta", beta, default: 0)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [
      [
        OptimizerSlot("accumulator", start: .number(Float(initial))), OptimizerSlot("linear"),
      ]
    ]
  }

  package func update(_ step: OptimizerStep) {
    let (w, g) = (step.parameters, step.gradients)
    let a = step.slots[0]
    let linear = step.slots[1]
    let rate = Double(step.rate)
    let l2 = l2 + beta / (2 * rate)
    for i in 0..<step.count {
      let (weight, gradient, old) = (Double(w[i]), Double(g[i]), Double(a[i]))
      let new = old + gradient * gradient
      let (newPower, oldPower) = (pow(new, -power), pow(old, -power))
      let pull = gradient + 2 * shrinkage * weight
      let sum = Double(linear[i]) + pull - (newPower - oldPower) / rate * weight
      let quadratic = newPower / rate + 2 * l2
      linear[i] = Float(sum)
      w[i] = Float((min(max(sum, -l1), l1) - sum) / quadratic)
      a[i] = Float(new)
    }
  }
}
