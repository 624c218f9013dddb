package import Graphs
package import JSON

/// f(x) = (x + √(x² + b)) / 2
package struct SquareplusActivation: Activation {
  package static let className = "squareplus"
  package let b: Double

  package init(configuration: Configuration) throws {
    b = try configuration.double("b", default: 4)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("b", b, default: 4)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let root = graph.unary(.squareRoot, graph.add(graph.unary(.square, x), b))
    return graph.scale(graph.add(x, root), by: 0.5)
  }
}
