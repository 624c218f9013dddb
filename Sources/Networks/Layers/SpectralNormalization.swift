package import Graphs
package import JSON
package import Tensors

/// A layer whose kernel is divided by its largest singular value, σ = v · W · uᵀ, before every training
/// pass; u and v are followed by power iteration. Miyato et al. 2018.
///
/// Keras' backends differ in what becomes of the divided kernel. On TensorFlow it takes the place of
/// the kernel and the gradient is that by itself; on JAX, where a layer cannot assign a trainable
/// variable, it is forgotten after the pass and the gradient goes on through the division by σ.
/// Evaluation takes the kernel as it is on both.
package struct SpectralNormalization: Layer {
  package static let className = "SpectralNormalization"
  /// The variables that can be divided, in the order in which Keras looks for them.
  private static let kernelNames = ["kernel", "embeddings"]
  /// The square of Keras' least length in the power iteration.
  private static let leastSquare = Graph.epsilon * Graph.epsilon
  package let layer: InnerLayer
  package let iterations: Int

  package init(configuration: Configuration) throws {
    layer = try InnerLayer(configuration, key: "layer", attribute: "layer")
    iterations = try configuration.int("power_iterations", default: 1)
    guard iterations > 0 else {
      throw configuration.error(
        "power_iterations", found: .int(iterations), expected: "a positive number")
    }
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["layer": layer.json]
    result.set("power_iterations", iterations, default: 1)
    return result
  }

  package var innerGroups: [String] { layer.groups }
  package var activityRegularizer: (any Regularizer)? { layer.content.layer?.activityRegularizer }

  /// The variables of the layer within, of which the kernel is also the wrapper's own, and u.
  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    var own = try layer.variables(for: [try single(inputs)], isNamed: false)
    let kernel = try kernelPosition(own)
    own[kernel] = own[kernel].also(in: "")
    let start = Configuration(["stddev": 0.02], subject: Self.className)
    return own + [
      VariableDeclaration(
        name: "vector_u", shape: [1, own[kernel].shape[-1]],
        initializer: try TruncatedNormal(configuration: start), isTrainable: false)
    ]
  }

  /// Where the kernel stands among the variables of the layer within.
  private func kernelPosition(_ variables: [VariableDeclaration]) throws -> Int {
    for name in Self.kernelNames {
      let position = variables.firstIndex { $0.name == name && $0.place == layer.attribute }
      if let position { return position }
    }
    throw ShapeError(
      subject: Self.className,
      found: "\(layer.content.className) '\(layer.content.name)' without a kernel",
      expected: "a layer with a variable 'kernel' or 'embeddings'")
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let variables = scope.variables
    var own = Array(variables.dropLast())
    if scope.isTraining {
      let declared = try layer.variables(for: [scope.graph.shape(x)], isNamed: false)
      let kernel = try kernelPosition(declared)
      own[kernel] = divided(kernel, u: own.count, scope: &scope)
    }
    scope.variables = own
    defer { scope.variables = variables }
    guard let result = try layer.outputs([x], scope: &scope).first else {
      throw ShapeError(subject: Self.className, found: "no result", expected: "one")
    }
    return result
  }

  /// The divided kernel; a kernel of zeros stays as it is.
  private func divided(_ kernel: Int, u vector: Int, scope: inout LayerScope) -> Value {
    let weights = scope.latest(kernel)
    let shape = scope.graph.shape(weights)
    let width = shape[-1]
    let matrix = scope.graph.reshape(weights, to: [shape.count / max(1, width), width])
    let fixed = scope.graph.stopGradient(matrix)
    let before = scope.latest(vector)
    var (u, v) = (before, before)
    for _ in 0..<iterations {
      v = unit(scope.graph.matrixProduct(u, fixed, transposeRight: true), in: &scope.graph)
      u = unit(scope.graph.matrixProduct(v, fixed), in: &scope.graph)
    }
    let largest = scope.graph.maximum(scope.graph.unary(.absolute, fixed), axes: [0, 1])
    let isKernel = scope.graph.isGreater(largest, 0)
    let product = scope.graph.matrixProduct(
      scope.graph.matrixProduct(v, matrix), u, transposeRight: true)
    let sigma = scope.graph.select(
      isKernel, scope.graph.reshape(product, to: .scalar), scope.graph.constant(1))
    scope.update(vector, to: scope.graph.select(isKernel, u, before))
    let result = scope.graph.divide(weights, sigma)
    let keeps = scope.numerics == .fused
    guard keeps || !(scope.isTrainable && layer.content.isTrainable) else {
      scope.substitute(kernel, by: result)
      return result
    }
    // The value of the divided kernel, and a slope of 1 by the variable.
    let original = scope.variables[kernel]
    let slope = scope.graph.subtract(original, scope.graph.stopGradient(original))
    let assigned = scope.graph.add(scope.graph.stopGradient(result), slope)
    scope.substitute(kernel, by: assigned)
    scope.update(kernel, to: assigned)
    return assigned
  }

  private func unit(_ vector: Value, in graph: inout Graph) -> Value {
    graph.unitLength(vector, axes: [0, 1], least: Self.leastSquare)
  }

  /// As the layer within says: the wrapper hands on its result as it is.
  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    try layer.content.layer?.resultMasks(inputs, masks: masks, scope: &scope) ?? []
  }
}
