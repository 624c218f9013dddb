package import Graphs
package import JSON
package import Tensors

/// Channels in groups, each group of each row shifted and scaled to mean 0 and variance 1, then by
/// learned `beta` and `gamma` for each channel. `groups` = −1: every channel is a group.
package struct GroupNormalization: Layer {
  package static let className = "GroupNormalization"
  package static let supportsMasking = true
  package let groups: Int
  package let axis: Int
  package let epsilon: Double
  package let affine: AffineArguments

  package init(configuration: Configuration) throws {
    groups = try configuration.int("groups", default: 32)
    axis = try configuration.int("axis", default: -1)
    epsilon = try configuration.double("epsilon", default: 0.001)
    affine = try AffineArguments(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("groups", groups, default: 32)
    result.set("axis", axis, default: -1)
    result.set("epsilon", epsilon, default: 0.001)
    affine.write(to: &result)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    return affine.variables([input.extents[try weightAxis(axis, of: input)]])
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let channel = try axis(axis, of: shape)
    let channels = shape.extents[channel]
    let groups = groups == -1 ? channels : groups
    guard groups > 0, channels % groups == 0 else {
      throw ShapeError(
        subject: "GroupNormalization", found: "\(channels) channels in \(shape)",
        expected: "a multiple of the \(groups) groups")
    }
    var extents = shape.extents
    extents.replaceSubrange(channel...channel, with: [groups, channels / groups])
    let grouped = scope.graph.reshape(x, to: Shape(extents))
    let axes = (1..<extents.count).filter { $0 != channel }
    let (mean, variance) = scope.graph.moments(grouped, axes: axes)
    let scale = scope.graph.unary(
      .reciprocalSquareRoot, scope.graph.add(variance, epsilon))
    let normalized = scope.graph.multiply(scope.graph.subtract(grouped, mean), scale)
    return affine.apply(
      scope.graph.reshape(normalized, to: shape), axes: [channel], scope: &scope)
  }
}
