package import JSON
package import Networks

/// Steps of one size, in the direction of the sign of a moving mean (Chen et al. 2023).
package struct Lion: Optimizer {
  package static let className = "Lion"
  package let options: OptimizerOptions
  package let beta1: Double
  package let beta2: Double

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    beta1 = try configuration.double("beta_1", default: 0.9)
    beta2 = try configuration.double("beta_2", default: 0.99)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("beta_1", beta1, default: 0.9)
    result.set("beta_2", beta2, default: 0.99)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("momentum")]]
  }

  package func update(_ step: OptimizerStep) {
    let (w, g) = (step.parameters, step.gradients)
    let m = step.slots[0]
    let (rate, keep1, keep2) = (step.rate, Float(beta1), Float(beta2))
    let (part1, part2) = (1 - Float(beta1), 1 - Float(beta2))
    for i in 0..<step.count {
      let mean = m[i] * keep1 + g[i] * part1
      w[i] -= mean > 0 ? rate : mean < 0 ? -rate : rate * mean
      m[i] = m[i] * keep2 + g[i] * part2
    }
  }
}
