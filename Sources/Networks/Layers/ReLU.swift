package import Graphs
package import JSON

/// max(x, 0), with the arguments of Keras' layer.
package struct ReLU: Layer {
  package static let className = "ReLU"
  package static let supportsMasking = true
  package let function: ReLUActivation

  package init(configuration: Configuration) throws {
    function = try ReLUActivation(configuration: configuration)
  }

  package var configuration: JSONObject { function.configuration }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try scope.activate(single(inputs), function)
  }
}
