package import Graphs

/// The mean of the inputs, element by element.
package struct Average: MergingLayer {
  package static let className = "Average"

  package init(configuration: Configuration) {}

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.add(left, right)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    scope.graph.scale(try merged(inputs, scope: &scope), by: 1 / Double(inputs.count))
  }
}
