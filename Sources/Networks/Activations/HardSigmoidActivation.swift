package import Graphs

/// f(x) = relu6(x + 3) / 6
package struct HardSigmoidActivation: Activation {
  package static let className = "hard_sigmoid"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.hardSigmoid(x)
  }
}
