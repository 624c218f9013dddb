package import JSON
package import Tensors

/// The arguments of one variable: where its first values come from, its penalty, its constraint.
package struct WeightArguments: Sendable {
  /// What the members begin with: `kernel` of `kernel_initializer`.
  package let prefix: String
  /// The initializer that Keras takes where none is given.
  package let standard: String
  package let initializer: any Initializer
  package let regularizer: (any Regularizer)?
  package let constraint: (any Constraint)?

  /// Reads the arguments.
  package init(
    _ prefix: String, _ configuration: Configuration, default standard: String = "glorot_uniform"
  ) throws {
    self.prefix = prefix
    self.standard = standard
    initializer = try configuration.initializer("\(prefix)_initializer", default: standard)
    regularizer = try configuration.regularizer("\(prefix)_regularizer")
    constraint = try configuration.constraint("\(prefix)_constraint")
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject) {
    result.set("\(prefix)_initializer", initializer, default: standard)
    result.set("\(prefix)_regularizer", regularizer)
    result.set("\(prefix)_constraint", constraint)
  }

  /// The variable.
  ///
  /// - Parameter initializer: Where its first values come from, if not from the argument.
  package func declaration(
    _ name: String, _ shape: Shape, initializer: (any Initializer)? = nil
  ) -> VariableDeclaration {
    VariableDeclaration(
      name: name, shape: shape, initializer: initializer ?? self.initializer,
      regularizer: regularizer, constraint: constraint)
  }
}
