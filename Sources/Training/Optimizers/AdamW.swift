package import JSON
package import Networks

/// Adam with weight decay, which does not pass through the moving means.
package struct AdamW: Optimizer {
  package static let className = "AdamW"
  package let options: OptimizerOptions
  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double
  package let keepsLargest: Bool

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001, weightDecay: 0.004)
    beta1 = try configuration.double("beta_1", default: 0.9)
    beta2 = try configuration.double("beta_2", default: 0.999)
    epsilon = try configuration.double("epsilon", default: 1e-7)
    keepsLargest = try configuration.bool("amsgrad", default: false)
  }

  package var configuration: JSONObject {
    var result = options.configuration(defaultWeightDecay: 0.004)
    result.set("beta_1", beta1, default: 0.9)
    result.set("beta_2", beta2, default: 0.999)
    result.set("epsilon", epsilon, default: 1e-7)
    result.set("amsgrad", keepsLargest, default: false)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    let pair = [OptimizerSlot("momentum"), OptimizerSlot("velocity")]
    return keepsLargest ? [pair, [OptimizerSlot("velocity_hat")]] : [pair]
  }

  package func rowRule() -> (any RowRule)? {
    keepsLargest
      ? nil : AdamRowRule(beta1: beta1, beta2: beta2, epsilon: epsilon, options: options)
  }

  package func update(_ step: OptimizerStep) {
    Adam.step(
      step, beta1: beta1, beta2: beta2, epsilon: epsilon, keepsLargest: keepsLargest)
  }
}
