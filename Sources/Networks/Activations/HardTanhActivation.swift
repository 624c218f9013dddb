package import Graphs

/// f(x) = min(max(x, −1), 1)
package struct HardTanhActivation: Activation {
  package static let className = "hard_tanh"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.clip(x, -1, 1)
  }
}
