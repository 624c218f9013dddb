package import Graphs
package import JSON
package import Tensors

/// max(x, 0) + alpha · min(x, 0) with a learned `alpha` for each position.
package struct PReLU: Layer {
  package static let className = "PReLU"
  package static let supportsMasking = true
  package let initializer: any Initializer
  package let regularizer: (any Regularizer)?
  package let constraint: (any Constraint)?
  package let sharedAxes: [Int]

  package init(configuration: Configuration) throws {
    initializer = try configuration.initializer("alpha_initializer", default: "Zeros")
    regularizer = try configuration.regularizer("alpha_regularizer")
    constraint = try configuration.constraint("alpha_constraint")
    sharedAxes = try configuration.ints("shared_axes") ?? []
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("alpha_initializer", initializer, default: "Zeros")
    result.set("alpha_regularizer", regularizer)
    result.set("alpha_constraint", constraint)
    if !sharedAxes.isEmpty { result["shared_axes"] = .array(sharedAxes.map { .int($0) }) }
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    var extents = Array(input.extents.dropFirst())
    for shared in sharedAxes { extents[try axis(shared, of: input) - 1] = 1 }
    return [
      VariableDeclaration(
        name: "alpha", shape: Shape(extents), initializer: initializer,
        regularizer: regularizer, constraint: constraint)
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let opposite = scope.graph.unary(.relu, scope.graph.unary(.negate, x))
    let tilted = scope.graph.multiply(scope.variables[0], opposite)
    return scope.graph.subtract(scope.graph.unary(.relu, x), tilted)
  }
}
