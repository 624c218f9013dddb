package import Graphs
package import JSON

/// An operation on tensors that a functional model was written with: `a + b`, `x[:, 0]`,
/// `ops.mean(x, axis=1)`. Keras keeps each as a layer without weights.
package struct OperationLayer: Layer {
  package static let className = "Operation"
  /// Keras' class for the operation.
  package let operation: String
  /// The arguments that are no tensors, as they stand in the file.
  private let values: Configuration
  private let build: OperationCatalogue.Builder

  /// The operation of a class.
  ///
  /// - Throws: ``ConfigurationError`` for an operation that is not supported.
  package init(_ className: String, configuration: Configuration) throws {
    guard let build = OperationCatalogue.all[className] else {
      throw ConfigurationError(
        subject: "operation '\(configuration.subject)'", key: "", found: className,
        expected: "one of " + OperationCatalogue.all.keys.sorted().joined(separator: ", "),
        advice: "Other operations are not supported.")
    }
    operation = className
    values = Configuration(configuration.values, subject: "\(className) '\(configuration.subject)'")
    self.build = build
  }

  package init(configuration: Configuration) throws {
    try self.init(Self.className, configuration: configuration)
  }

  package var configuration: JSONObject {
    var result = values.values
    for key in ["name", "trainable"] { result[key] = nil }
    return result
  }

  /// What an operation is called with is its own affair.
  package static func check(_ arguments: CallArguments<TensorReference>) throws {}

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    guard let first = try outputs(inputs, scope: &scope).first else {
      throw ShapeError(subject: operation, found: "no result", expected: "one or more")
    }
    return first
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    var call = OperationCall(
      name: operation, configuration: values, arguments: scope.arguments, graph: scope.graph)
    scope.graph = Graph()
    defer { scope.graph = call.graph }
    return try build(&call)
  }
}
