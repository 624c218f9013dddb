package import Graphs
package import JSON
package import Tensors

/// Each row shifted and scaled to mean 0 and variance 1 along axes, then by learned `beta` and
/// `gamma`.
package struct LayerNormalization: Layer {
  package static let className = "LayerNormalization"
  package static let supportsMasking = true
  package let axes: [Int]
  package let epsilon: Double
  package let affine: AffineArguments

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis") ?? [-1]
    epsilon = try configuration.double("epsilon", default: 0.001)
    affine = try AffineArguments(configuration)
    if try configuration.bool("rms_scaling", default: false) {
      throw configuration.error(
        "rms_scaling", found: true, expected: "false (RMSNormalization is supported)")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if axes != [-1] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    result.set("epsilon", epsilon, default: 0.001)
    affine.write(to: &result)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    let kept = try axes.map { try weightAxis($0, of: input) }.sorted()
    return affine.variables(Shape(kept.map { input.extents[$0] }))
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let kept = try axes.map { try axis($0, of: shape) }.sorted()
    let (mean, variance) = scope.graph.moments(x, axes: kept)
    let scale = scope.graph.unary(
      .reciprocalSquareRoot, scope.graph.add(variance, epsilon))
    let normalized = scope.graph.multiply(scope.graph.subtract(x, mean), scale)
    return affine.apply(normalized, axes: kept, scope: &scope)
  }
}
