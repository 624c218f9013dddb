package import Graphs

/// f(x) = x
package struct LinearActivation: Activation {
  package static let className = "linear"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    x
  }
}
