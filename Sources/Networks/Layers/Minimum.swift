package import Graphs

/// The smallest of the inputs, element by element.
package struct Minimum: MergingLayer {
  package static let className = "Minimum"

  package init(configuration: Configuration) {}

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.binary(.minimum, left, right)
  }
}
