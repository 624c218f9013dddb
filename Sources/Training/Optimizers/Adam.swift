import Engine
import Foundation
package import JSON
package import Networks

/// Moving means m of the gradients and v of their squares: w −= rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
///
/// Kingma & Ba 2015, with the "epsilon hat" of their section 2.
package struct Adam: Optimizer {
  package static let className = "Adam"
  package let options: OptimizerOptions
  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double
  package let keepsLargest: Bool

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    beta1 = try configuration.double("beta_1", default: 0.9)
    beta2 = try configuration.double("beta_2", default: 0.999)
    epsilon = try configuration.double("epsilon", default: 1e-7)
    keepsLargest = try configuration.bool("amsgrad", default: false)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
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

  /// The step that Adam and AdamW share.
  static func step(
    _ step: OptimizerStep, beta1: Double, beta2: Double, epsilon: Double, keepsLargest: Bool
  ) {
    let alpha = alpha(step.rate, number: step.number, beta1: beta1, beta2: beta2)
    OptimizerKernels.adam(
      step.parameters, step.gradients, m: step.slots[0], v: step.slots[1],
      largest: keepsLargest ? step.slots[2] : nil, count: step.count,
      alpha: alpha, beta1: beta1, beta2: beta2, epsilon: Float(epsilon))
  }

  /// The factor of m / (√v + ε) in a step.
  static func alpha(_ rate: Float, number: Int, beta1: Double, beta2: Double) -> Float {
    // In float32, as Keras does: there 1 − 0.999 is 0.00099998, which moves the first steps by 7e-6.
    let number = Float(number)
    return rate * (1 - pow(Float(beta2), number)).squareRoot() / (1 - pow(Float(beta1), number))
  }
}
