package import Graphs
import JSON

/// An operation on tensors that a functional model was written with: `a + b`, `x * 2`.
package struct ArithmeticLayer: Layer {
  package static let className = "Operation"
  /// Keras' class for the operation.
  package let operation: String

  private static let binary: [String: BinaryOperation] = [
    "Add": .add, "Subtract": .subtract, "Multiply": .multiply, "Divide": .divide,
    "TrueDivide": .divide, "Maximum": .maximum, "Minimum": .minimum, "Power": .power,
  ]
  private static let unary: [String: UnaryOperation] = [
    "Negative": .negate, "Absolute": .absolute, "Exp": .exponential, "Log": .logarithm,
    "Square": .square, "Sqrt": .squareRoot, "Tanh": .hyperbolicTangent, "Sigmoid": .sigmoid,
    "Relu": .relu,
  ]

  /// The operation of a class.
  package init(_ className: String, configuration: Configuration) throws {
    guard Self.binary[className] != nil || Self.unary[className] != nil else {
      throw ConfigurationError(
        subject: "operation '\(configuration.subject)'", key: "", found: className,
        expected: "arithmetic on tensors", advice: "Other operations are not supported.")
    }
    operation = className
  }

  package init(configuration: Configuration) throws {
    try self.init(Self.className, configuration: configuration)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    if let function = Self.unary[operation] {
      return scope.graph.unary(function, try single(inputs))
    }
    guard inputs.count == 2, let function = Self.binary[operation] else {
      throw ShapeError(
        subject: operation, found: "\(inputs.count) operands", expected: "two operands")
    }
    let shapes = inputs.map { scope.graph.shape($0) }
    guard canBroadcast(shapes[0], shapes[1]) else {
      throw ShapeError(
        subject: operation, found: "operands of shapes \(shapes[0]) and \(shapes[1])",
        expected: "shapes that fit together")
    }
    return scope.graph.binary(function, inputs[0], inputs[1])
  }
}
