package import Graphs

/// The largest of the inputs, element by element.
package struct Maximum: MergingLayer {
  package static let className = "Maximum"

  package init(configuration: Configuration) {}

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.binary(.maximum, left, right)
  }
}
