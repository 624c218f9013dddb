package import Graphs

/// f(x) = scale · elu(x, alpha) with the constants that keep mean 0 and variance 1 through deep networks
/// (Klambauer et al. 2017).
package struct SELUActivation: Activation {
  package static let className = "selu"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let alpha = 1.6732632423543772
    let scale = 1.0507009873554805
    return graph.scale(graph.exponentialLinear(x, alpha: alpha), by: scale)
  }
}
