package import JSON
package import Networks

/// Adagrad with a moving mean, and steps in the units of the parameters (Zeiler 2012).
package struct Adadelta: Optimizer {
  package static let className = "Adadelta"
  package let options: OptimizerOptions
  package let rho: Double
  package let epsilon: Double

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    rho = try configuration.double("rho", default: 0.95)
    epsilon = try configuration.double("epsilon", default: 1e-7)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("rho", rho, default: 0.95)
    result.set("epsilon", epsilon, default: 1e-7)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("accumulated_grad"), OptimizerSlot("accumulated_delta_var")]]
  }

  package func update(_ step: OptimizerStep) {
    let (w, g) = (step.parameters, step.gradients)
    let e = step.slots[0]
    let d = step.slots[1]
    let (rate, rho, rest, epsilon) = (step.rate, Float(rho), Float(1 - rho), Float(epsilon))
    for i in 0..<step.count {
      e[i] = rho * e[i] + rest * g[i] * g[i]
      let delta = -g[i] * (d[i] + epsilon).squareRoot() / (e[i] + epsilon).squareRoot()
      d[i] = rho * d[i] + rest * delta * delta
      w[i] += rate * delta
    }
  }
}
