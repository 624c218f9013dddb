import Engine
package import JSON
package import Networks

/// Gradients over the root of the moving mean of their squares: v = ρ · v + (1 − ρ) · g²,
/// w −= rate · g / √(v + ε).
package struct RMSprop: Optimizer {
  package static let className = "RMSprop"
  package let options: OptimizerOptions
  package let rho: Double
  package let momentum: Double
  package let epsilon: Double
  package let isCentered: Bool

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    rho = try configuration.double("rho", default: 0.9)
    momentum = try configuration.double("momentum", default: 0)
    epsilon = try configuration.double("epsilon", default: 1e-7)
    isCentered = try configuration.bool("centered", default: false)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("rho", rho, default: 0.9)
    result.set("momentum", momentum, default: 0)
    result.set("epsilon", epsilon, default: 1e-7)
    result.set("centered", isCentered, default: false)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    var blocks = [[OptimizerSlot("velocity")]]
    if momentum > 0 { blocks.append([OptimizerSlot("momentum")]) }
    if isCentered { blocks.append([OptimizerSlot("average_gradient")]) }
    return blocks
  }

  package func update(_ step: OptimizerStep) {
    let hasMomentum = momentum > 0
    OptimizerKernels.rootMeanSquarePropagation(
      step.parameters, step.gradients, v: step.slots[0],
      mean: isCentered ? step.slots[hasMomentum ? 2 : 1] : nil,
      m: hasMomentum ? step.slots[1] : nil, count: step.count, rate: step.rate, rho: rho,
      momentum: Float(momentum), epsilon: Float(epsilon))
  }
}
