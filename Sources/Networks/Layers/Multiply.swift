package import Graphs

/// The product of the inputs, element by element.
package struct Multiply: MergingLayer {
  package static let className = "Multiply"

  package init(configuration: Configuration) {}

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.multiply(left, right)
  }
}
