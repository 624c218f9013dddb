import Engine
package import JSON
package import Networks

/// Gradient descent: w −= rate · g. With momentum μ: m = μ · m − rate · g, w += m; Nesterov: w += μ · m − rate · g.
package struct SGD: Optimizer {
  package static let className = "SGD"
  package let options: OptimizerOptions
  package let momentum: Double
  package let isNesterov: Bool

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.01)
    momentum = try configuration.double("momentum", default: 0)
    isNesterov = try configuration.bool("nesterov", default: false)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("momentum", momentum, default: 0)
    result.set("nesterov", isNesterov, default: false)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    momentum == 0 ? [] : [[OptimizerSlot("momentum")]]
  }

  package func rowRule() -> (any RowRule)? {
    momentum == 0 && (options.weightDecay ?? 0) == 0 ? GradientDescentRowRule() : nil
  }

  package func update(_ step: OptimizerStep) {
    if momentum == 0 {
      OptimizerKernels.gradientDescent(
        step.parameters, step.gradients, count: step.count, rate: step.rate)
    } else {
      OptimizerKernels.momentum(
        step.parameters, step.gradients, m: step.slots[0], count: step.count, rate: step.rate,
        momentum: Float(momentum), nesterov: isNesterov)
    }
  }
}
