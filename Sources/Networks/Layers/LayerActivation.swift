package import Graphs
package import JSON
import Tensors

/// A layer without variables used as an activation: `Dense(8, activation=keras.layers.LeakyReLU())`.
package struct LayerActivation: Activation {
  package static let className = "layer"
  /// The layer.
  package let layer: any Layer

  /// Wraps a layer.
  package init(_ layer: any Layer, _ configuration: Configuration) throws {
    self.layer = layer
    guard try layer.variables(for: [[1, 1]]).isEmpty else {
      throw ConfigurationError(
        subject: configuration.subject, key: "", found: "a layer with weights",
        expected: "an activation without weights", advice: "Add it as a layer of its own.")
    }
  }

  package init(configuration: Configuration) throws {
    throw ConfigurationError(
      subject: configuration.subject, key: "", found: "layer", expected: "an activation's name")
  }

  package var configuration: JSONObject { layer.configuration }
  package var keepsLogits: Bool { (layer as? Softmax) != nil }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    var scope = LayerScope(graph: graph, isTraining: false, batchSize: graph.shape(x)[0])
    defer { graph = scope.graph }
    return try layer.call([x], scope: &scope)
  }
}
