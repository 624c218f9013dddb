package import Graphs

/// The sum of the inputs, element by element.
package struct Add: MergingLayer {
  package static let className = "Add"

  package init(configuration: Configuration) {}

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.add(left, right)
  }
}
