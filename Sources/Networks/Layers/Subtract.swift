package import Graphs

/// The first input minus the second.
package struct Subtract: MergingLayer {
  package static let className = "Subtract"

  package init(configuration: Configuration) {}

  package var inputCounts: ClosedRange<Int> { 2...2 }

  package func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value {
    graph.subtract(left, right)
  }
}
