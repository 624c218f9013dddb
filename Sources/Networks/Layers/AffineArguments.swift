package import Graphs
package import JSON
package import Tensors

/// The learned scale `gamma` and shift `beta` that normalizing layers end with.
package struct AffineArguments: Sendable {
  package let centers: Bool
  package let scales: Bool
  package let betaInitializer: any Initializer
  package let gammaInitializer: any Initializer
  package let betaRegularizer: (any Regularizer)?
  package let gammaRegularizer: (any Regularizer)?
  package let betaConstraint: (any Constraint)?
  package let gammaConstraint: (any Constraint)?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    centers = try configuration.bool("center", default: true)
    scales = try configuration.bool("scale", default: true)
    betaInitializer = try configuration.initializer("beta_initializer", default: "zeros")
    gammaInitializer = try configuration.initializer("gamma_initializer", default: "ones")
    betaRegularizer = try configuration.regularizer("beta_regularizer")
    gammaRegularizer = try configuration.regularizer("gamma_regularizer")
    betaConstraint = try configuration.constraint("beta_constraint")
    gammaConstraint = try configuration.constraint("gamma_constraint")
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject) {
    result.set("center", centers, default: true)
    result.set("scale", scales, default: true)
    result.set("beta_initializer", betaInitializer, default: "zeros")
    result.set("gamma_initializer", gammaInitializer, default: "ones")
    result.set("beta_regularizer", betaRegularizer)
    result.set("gamma_regularizer", gammaRegularizer)
    result.set("beta_constraint", betaConstraint)
    result.set("gamma_constraint", gammaConstraint)
  }

  /// How many variables there are.
  package var count: Int { (scales ? 1 : 0) + (centers ? 1 : 0) }

  /// The variables, `gamma` before `beta`.
  package func variables(_ shape: Shape) -> [VariableDeclaration] {
    var result: [VariableDeclaration] = []
    if scales {
      result.append(
        VariableDeclaration(
          name: "gamma", shape: shape, initializer: gammaInitializer,
          regularizer: gammaRegularizer, constraint: gammaConstraint))
    }
    if centers {
      result.append(
        VariableDeclaration(
          name: "beta", shape: shape, initializer: betaInitializer,
          regularizer: betaRegularizer, constraint: betaConstraint))
    }
    return result
  }

  /// value · gamma + beta, both along axes.
  package func apply(_ value: Value, axes: [Int], scope: inout LayerScope) -> Value {
    let rank = scope.graph.shape(value).rank
    var result = value
    if scales {
      let gamma = scope.graph.aligned(scope.variables[0], axes: axes, rank: rank)
      result = scope.graph.multiply(result, gamma)
    }
    if centers {
      let beta = scope.graph.aligned(scope.variables[count - 1], axes: axes, rank: rank)
      result = scope.graph.add(result, beta)
    }
    return result
  }
}
