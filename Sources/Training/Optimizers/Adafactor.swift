import Foundation
package import JSON
package import Networks
import Tensors

/// Adam with second moments kept by rows and columns only, and steps in proportion to the size of
/// each parameter (Shazeer & Stern 2018).
package struct Adafactor: Optimizer {
  package static let className = "Adafactor"
  package let options: OptimizerOptions
  package let decayPower: Double
  package let leastSquare: Double
  package let leastScale: Double
  package let clipThreshold: Double
  package let hasRelativeStep: Bool

  package init(configuration: Configuration) throws {
    options = try OptimizerOptions(configuration, learningRate: 0.001)
    decayPower = try configuration.double("beta_2_decay", default: -0.8)
    leastSquare = try configuration.double("epsilon_1", default: 1e-30)
    leastScale = try configuration.double("epsilon_2", default: 1e-3)
    clipThreshold = try configuration.double("clip_threshold", default: 1)
    hasRelativeStep = try configuration.bool("relative_step", default: true)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    result.set("beta_2_decay", decayPower, default: -0.8)
    result.set("epsilon_1", leastSquare, default: 1e-30)
    result.set("epsilon_2", leastScale, default: 1e-3)
    result.set("clip_threshold", clipThreshold, default: 1)
    result.set("relative_step", hasRelativeStep, default: true)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [
      [
        OptimizerSlot("row", extent: .rows), OptimizerSlot("column", extent: .columns),
        OptimizerSlot("velocity"),
      ]
    ]
  }

  /// A step depends on the sizes of whole parameters.
  package let isElementWise = false

  package func update(_ step: OptimizerStep) {
    let number = Float(step.number)
    let largest = 1 / number.squareRoot()
    var rate = step.rate
    if case .constant = options.learningRate, hasRelativeStep { rate = min(rate, largest) }
    let relative = min(rate, largest)
    let keep = 1 - pow(number, Float(decayPower))
    for (range, shape) in zip(step.ranges, step.shapes) where !range.isEmpty {
      let w = step.parameters + range.lowerBound
      let g = step.gradients + range.lowerBound
      let velocity = step.slots[2] + range.lowerBound
      if shape.rank < 2 {
        for i in 0..<range.count {
          velocity[i] = keep * velocity[i] + (1 - keep) * (g[i] * g[i] + Float(leastSquare))
        }
      } else {
        factor(
          g, rows: step.slots[0] + range.lowerBound, columns: step.slots[1] + range.lowerBound,
          velocity, shape, keep)
      }
      let scale = max(Float(leastScale), size(w, range.count)) * relative
      for i in 0..<range.count { g[i] /= velocity[i].squareRoot() }
      let shrink = max(1, size(g, range.count) / Float(clipThreshold))
      for i in 0..<range.count { w[i] -= scale * (g[i] / shrink) }
    }
  }

  /// Follows the means of the squares over rows and columns; their product stands for each element.
  private func factor(
    _ g: UnsafeMutablePointer<Float>, rows: UnsafeMutablePointer<Float>,
    columns: UnsafeMutablePointer<Float>, _ velocity: UnsafeMutablePointer<Float>, _ shape: Shape,
    _ keep: Float
  ) {
    let (height, width) = (shape[-2], shape[-1])
    for matrix in 0..<shape.count / (height * width) {
      let first = matrix * height * width
      let (r, c) = (rows + matrix * height, columns + matrix * width)
      func square(_ row: Int, _ column: Int) -> Double {
        let gradient = Double(g[first + row * width + column])
        return gradient * gradient + leastSquare
      }
      for row in 0..<height {
        let mean = (0..<width).reduce(0) { $0 + square(row, $1) } / Double(width)
        r[row] = keep * r[row] + (1 - keep) * Float(mean)
      }
      for column in 0..<width {
        let mean = (0..<height).reduce(0) { $0 + square($1, column) } / Double(height)
        c[column] = keep * c[column] + (1 - keep) * Float(mean)
      }
      let meanRow = Float((0..<height).reduce(0.0) { $0 + Double(r[$1]) } / Double(height))
      for row in 0..<height {
        for column in 0..<width {
          velocity[first + row * width + column] = r[row] / meanRow * c[column]
        }
      }
    }
  }

  /// The root of the mean square.
  private func size(_ numbers: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
    let squares = (0..<count).reduce(0.0) { $0 + Double(numbers[$1]) * Double(numbers[$1]) }
    return Float((squares / Double(count)).squareRoot())
  }
}
