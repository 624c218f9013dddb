package import Graphs
package import JSON

/// In training, sets each element to 0 with probability `rate` and scales the others by 1 / (1 − rate).
package struct Dropout: Layer {
  package static let className = "Dropout"
  package static let supportsMasking = true
  package let arguments: DropoutArguments

  package init(configuration: Configuration) throws {
    arguments = try DropoutArguments(configuration)
  }

  package var configuration: JSONObject { arguments.configuration }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    return arguments.dropped(x, mask: scope.graph.shape(x), scope: &scope)
  }
}
