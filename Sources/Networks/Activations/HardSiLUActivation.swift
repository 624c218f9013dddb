package import Graphs

/// f(x) = x · relu6(x + 3) / 6
package struct HardSiLUActivation: Activation {
  package static let className = "hard_silu"
  package static let names = ["hard_silu", "hard_swish"]

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.multiply(x, graph.hardSigmoid(x))
  }
}
