package import Graphs
package import JSON
package import Tensors

/// Each channel shifted and scaled to mean 0 and variance 1, then by learned `beta` and `gamma`.
///
/// In training the statistics are the batch's, and moving averages follow them:
/// `moving = moving · momentum + batch · (1 − momentum)`, with the biased variance. Otherwise, and
/// if the layer is not trainable, the moving averages are used. Steps that a mask hides do not count
/// in the statistics.
package struct BatchNormalization: Layer {
  package static let className = "BatchNormalization"
  package static let supportsMasking = true
  package let axis: Int
  package let momentum: Double
  package let epsilon: Double
  package let affine: AffineArguments
  package let meanInitializer: any Initializer
  package let varianceInitializer: any Initializer

  package init(configuration: Configuration) throws {
    axis = try configuration.ints("axis")?.first ?? -1
    momentum = try configuration.double("momentum", default: 0.99)
    epsilon = try configuration.double("epsilon", default: 0.001)
    affine = try AffineArguments(configuration)
    meanInitializer = try configuration.initializer("moving_mean_initializer", default: "zeros")
    varianceInitializer = try configuration.initializer(
      "moving_variance_initializer", default: "ones")
    if try configuration.bool("renorm", default: false) {
      throw configuration.error("renorm", found: true, expected: "false (this is not supported)")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    result.set("momentum", momentum, default: 0.99)
    result.set("epsilon", epsilon, default: 0.001)
    affine.write(to: &result)
    result.set("moving_mean_initializer", meanInitializer, default: "zeros")
    result.set("moving_variance_initializer", varianceInitializer, default: "ones")
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    let shape: Shape = [input.extents[try weightAxis(axis, of: input)]]
    return affine.variables(shape) + [
      VariableDeclaration(
        name: "moving_mean", shape: shape, initializer: meanInitializer, isTrainable: false),
      VariableDeclaration(
        name: "moving_variance", shape: shape, initializer: varianceInitializer,
        isTrainable: false),
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let channel = try axis(axis, of: shape)
    let first = affine.count
    let moving = [scope.variables[first], scope.variables[first + 1]]
    var (mean, variance) = (
      scope.graph.aligned(moving[0], axes: [channel], rank: shape.rank),
      scope.graph.aligned(moving[1], axes: [channel], rank: shape.rank)
    )
    if scope.isTraining && scope.isTrainable {
      let others = (0..<shape.rank).filter { $0 != channel }
      if let mask = scope.masks.first ?? nil {
        (mean, variance) = try maskedMoments(x, mask, axes: others, scope: &scope)
      } else {
        (mean, variance) = scope.graph.moments(x, axes: others)
      }
      for (position, batch) in [mean, variance].enumerated() {
        let vector = scope.graph.reshape(batch, to: [shape.extents[channel]])
        let moved = scope.graph.add(
          scope.graph.scale(scope.latest(first + position), by: momentum),
          scope.graph.scale(scope.graph.stopGradient(vector), by: 1 - momentum))
        scope.update(first + position, to: moved)
      }
    }
    let scale = scope.graph.unary(
      .reciprocalSquareRoot, scope.graph.add(variance, epsilon))
    let normalized = scope.graph.multiply(scope.graph.subtract(x, mean), scale)
    return affine.apply(normalized, axes: [channel], scope: &scope)
  }

  /// Mean and variance of what a mask leaves.
  private func maskedMoments(
    _ x: Value, _ mask: Value, axes: [Int], scope: inout LayerScope
  ) throws -> (mean: Value, variance: Value) {
    let (shape, found) = (scope.graph.shape(x), scope.graph.shape(mask))
    guard found.extents == shape.extents.dropLast() else {
      throw ShapeError(
        subject: Self.className, found: "a mask of shape \(found)",
        expected: "the axes of the input of shape \(shape) but the last")
    }
    let zero = scope.graph.constant(0)
    let wide = scope.graph.broadcast(scope.graph.expanded(mask, axis: found.rank), to: shape)
    // Keras' guard against a batch of which nothing counts.
    let count = scope.graph.add(
      scope.graph.sum(wide, axes: axes, keepAxes: true), Graph.epsilon)
    let total = scope.graph.sum(
      scope.graph.select(wide, x, zero), axes: axes, keepAxes: true)
    let mean = scope.graph.divide(total, count)
    let deviation = scope.graph.select(wide, scope.graph.subtract(x, mean), zero)
    let squares = scope.graph.sum(
      scope.graph.unary(.square, deviation), axes: axes, keepAxes: true)
    return (mean, scope.graph.divide(squares, count))
  }
}
