package import Graphs
package import JSON
package import Tensors

/// (x − mean) / max(√variance, 1e-7) with statistics of the training data, which `adapt` measured
/// or the arguments give.
package struct Normalization: Layer {
  package static let className = "Normalization"
  package static let supportsMasking = true
  package let axes: [Int]
  package let mean: [Double]?
  package let variance: [Double]?
  package let inverts: Bool

  package init(configuration: Configuration) throws {
    let given = configuration.values["axis"]
    axes = given == nil ? [-1] : try configuration.ints("axis") ?? []
    mean = try configuration.doubles("mean")
    variance = try configuration.doubles("variance")
    guard (mean == nil) == (variance == nil) else {
      throw configuration.error(
        "variance", found: configuration.values["variance"],
        expected: "both mean and variance, or neither")
    }
    inverts = try configuration.bool("invert", default: false)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if axes != [-1] { result["axis"] = axes.isEmpty ? .null : .array(axes.map { .int($0) }) }
    if let mean { result["mean"] = json(mean) }
    if let variance { result["variance"] = json(variance) }
    result.set("invert", inverts, default: false)
    return result
  }

  private func json(_ numbers: [Double]) -> JSONValue {
    numbers.count == 1 ? .double(numbers[0]) : .array(numbers.map { .double($0) })
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    guard mean == nil else { return [] }
    let kept = try axes.map { try weightAxis($0, of: input) }.sorted()
    let shape = Shape(kept.map { input.extents[$0] })
    let none = Configuration(subject: "Normalization")
    return [
      VariableDeclaration(
        name: "mean", shape: shape, initializer: ZerosInitializer(configuration: none),
        isTrainable: false),
      VariableDeclaration(
        name: "variance", shape: shape, initializer: OnesInitializer(configuration: none),
        isTrainable: false),
      VariableDeclaration(
        name: "count", shape: .scalar, initializer: ZerosInitializer(configuration: none),
        isTrainable: false),
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let kept = try axes.map { try axis($0, of: shape) }.sorted()
    let (mean, variance) = try statistics(shape, kept, scope: &scope)
    let deviation = scope.graph.maximum(
      scope.graph.unary(.squareRoot, variance), Graph.epsilon)
    if inverts { return scope.graph.add(mean, scope.graph.multiply(x, deviation)) }
    return scope.graph.divide(scope.graph.subtract(x, mean), deviation)
  }

  private func statistics(
    _ shape: Shape, _ kept: [Int], scope: inout LayerScope
  ) throws -> (mean: Value, variance: Value) {
    guard let mean, let variance else {
      return (
        scope.graph.aligned(scope.variables[0], axes: kept, rank: shape.rank),
        scope.graph.aligned(scope.variables[1], axes: kept, rank: shape.rank)
      )
    }
    func aligned(_ numbers: [Double]) throws -> Value {
      if numbers.count == 1 { return scope.graph.constant(numbers[0]) }
      let extents = kept.map { shape.extents[$0] }
      guard numbers.count == extents.reduce(1, *) else {
        throw ShapeError(
          subject: "Normalization", found: "\(numbers.count) means for the input \(shape)",
          expected: "\(extents.reduce(1, *)) of them")
      }
      let vector = scope.graph.vector(numbers)
      return scope.graph.aligned(
        scope.graph.reshape(vector, to: Shape(extents)), axes: kept, rank: shape.rank)
    }
    return (try aligned(mean), try aligned(variance))
  }
}
