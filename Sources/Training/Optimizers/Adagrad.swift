package import JSON
package import Networks

/// Gradients over the root of the sum of all their squares so far: a += g², w −= rate · g / √(a + ε).
package struct Adagrad: Optimizer {
  package static let className = "Adagrad"
  package let options: OptimizerOptions
  package let initial: Double
  package let epsilon: Double

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    initial = try configuration.double("initial_accumulator_value", default: 0.1)
    epsilon = try configuration.double("epsilon", default: 1e-7)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("initial_accumulator_value", initial, default: 0.1)
    result.set("epsilon", epsilon, default: 1e-7)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("accumulator", start: .number(Float(initial)))]]
  }

  package func update(_ step: OptimizerStep) {
    let (w, g) = (step.parameters, step.gradients)
    let a = step.slots[0]
    let (rate, epsilon) = (step.rate, Float(epsilon))
    for i in 0..<step.count {
      a[i] += g[i] * g[i]
      w[i] -= rate * g[i] / (a[i] + epsilon).squareRoot()
    }
  }
}
