package import Graphs
package import JSON
package import Tensors

/// x · scale / √(mean(x²) + epsilon) along axes, with a learned `scale`.
package struct RMSNormalization: Layer {
  package static let className = "RMSNormalization"
  package let axes: [Int]
  package let epsilon: Double

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis") ?? [-1]
    epsilon = try configuration.double("epsilon", default: 1e-6)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if axes != [-1] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    result.set("epsilon", epsilon, default: 1e-6)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    let kept = try axes.map { try weightAxis($0, of: input) }.sorted()
    let ones = OnesInitializer(configuration: Configuration(subject: "RMSNormalization"))
    return [
      VariableDeclaration(
        name: "scale", shape: Shape(kept.map { input.extents[$0] }), initializer: ones)
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let kept = try axes.map { try axis($0, of: shape) }.sorted()
    let squares = scope.graph.mean(
      scope.graph.unary(.square, x), axes: kept, keepAxes: true)
    let factor = scope.graph.unary(
      .reciprocalSquareRoot, scope.graph.add(squares, epsilon))
    let scale = scope.graph.aligned(scope.variables[0], axes: kept, rank: shape.rank)
    return scope.graph.multiply(scope.graph.multiply(x, factor), scale)
  }
}
