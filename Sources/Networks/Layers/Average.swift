package import Graphs

/// The mean of the inputs, element by element.
package struct Average: Layer {
  package static let className = "Average"

  package init(configuration: Configuration) {}

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let total = try Add(configuration: Configuration(subject: "Average"))
      .call(inputs, scope: &scope)
    return scope.graph.scale(total, by: 1 / Double(inputs.count))
  }
}
