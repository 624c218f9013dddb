package import Graphs
package import JSON

/// An activation as a layer of its own.
package struct ActivationLayer: Layer {
  package static let className = "Activation"
  package static let supportsMasking = true
  package let activation: any Activation
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    activation = try configuration.activation()
    activityRegularizer = try configuration.regularizer("activity_regularizer")
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["activation": ActivationCatalogue.json(activation)]
    result.set("activity_regularizer", activityRegularizer)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try scope.activate(single(inputs), activation)
  }
}
