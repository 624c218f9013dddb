package import Graphs
package import JSON
import Tensors

/// In which of several bins a number lies: how many boundaries it has reached.
package struct Discretization: Layer {
  package static let className = "Discretization"
  /// Every boundary is an operation of the graph; files may hold any number.
  private static let mostBoundaries = 4096
  package let boundaries: [Double]
  package let output: CategoryOutput

  package init(configuration: Configuration) throws {
    guard let boundaries = try configuration.doubles("bin_boundaries"), !boundaries.isEmpty else {
      throw configuration.error(
        "bin_boundaries", found: configuration.value("bin_boundaries"),
        expected: "numbers, given or found by adapt")
    }
    guard boundaries.count <= Self.mostBoundaries else {
      throw configuration.error(
        "bin_boundaries", found: configuration.value("bin_boundaries"),
        expected: "at most \(Self.mostBoundaries) numbers (more are not supported)")
    }
    self.boundaries = boundaries
    output = try CategoryOutput(configuration, default: .int)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["bin_boundaries": .array(boundaries.map { .double($0) })]
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let column = scope.graph.reshape(x, to: Shape(scope.graph.shape(x).extents + [1]))
    let reached = scope.graph.binary(
      .greaterOrEqual, column, scope.graph.vector(boundaries))
    let bins = scope.graph.sum(reached, axes: [-1])
    return try output.encoded(
      bins, depth: boundaries.count + 1, layer: Self.className, in: &scope.graph)
  }
}
