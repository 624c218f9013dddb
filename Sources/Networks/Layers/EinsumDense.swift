package import Graphs
package import JSON
package import Tensors

/// `activation(einsum(equation, inputs, kernel) + bias)`, where the equation says which axes are
/// summed over: `abc,cd->abd` is ``Dense`` on sequences.
package struct EinsumDense: Layer {
  package static let className = "EinsumDense"
  package static let supportsMasking = false
  package let equation: String
  /// The axes of a row of the result; `nil` entries follow from the input.
  package let outputExtents: [Int?]
  package let biasAxes: String?
  package let activation: any Activation
  package let kernelInitializer: any Initializer
  package let biasInitializer: any Initializer
  package let kernelRegularizer: (any Regularizer)?
  package let biasRegularizer: (any Regularizer)?
  package let activityRegularizer: (any Regularizer)?
  package let kernelConstraint: (any Constraint)?
  package let biasConstraint: (any Constraint)?
  private let sum: Einsum

  package init(configuration: Configuration) throws {
    guard let equation = try configuration.string("equation") else {
      throw configuration.error("equation", found: nil, expected: "an equation")
    }
    self.equation = equation
    sum = try Einsum(equation, subject: configuration.subject)
    guard sum.inputs.count == 2, !sum.inputs[1].contains(nil) else {
      throw configuration.error(
        "equation", found: .string(equation), expected: "an input and a kernel")
    }
    let shape = configuration.value("output_shape")
    outputExtents = shape?.int.map { [$0] } ?? (shape?.array ?? []).map(\.int)
    biasAxes = try configuration.string("bias_axes")
    for key in ["lora_rank", "quantization_config"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    activation = try configuration.activation()
    kernelInitializer = try configuration.initializer(
      "kernel_initializer", default: "glorot_uniform")
    biasInitializer = try configuration.initializer("bias_initializer", default: "zeros")
    kernelRegularizer = try configuration.regularizer("kernel_regularizer")
    biasRegularizer = try configuration.regularizer("bias_regularizer")
    activityRegularizer = try configuration.regularizer("activity_regularizer")
    kernelConstraint = try configuration.constraint("kernel_constraint")
    biasConstraint = try configuration.constraint("bias_constraint")
  }

  package var configuration: JSONObject {
    var result: JSONObject = [
      "equation": .string(equation),
      "output_shape": .array(outputExtents.map { $0.map { .int($0) } ?? .null }),
    ]
    if let biasAxes { result["bias_axes"] = .string(biasAxes) }
    result.set("activation", activation)
    result.set("kernel_initializer", kernelInitializer, default: "glorot_uniform")
    result.set("bias_initializer", biasInitializer, default: "zeros")
    result.set("kernel_regularizer", kernelRegularizer)
    result.set("bias_regularizer", biasRegularizer)
    result.set("activity_regularizer", activityRegularizer)
    result.set("kernel_constraint", kernelConstraint)
    result.set("bias_constraint", biasConstraint)
    return result
  }

  /// The extents of the axes that the input or `output_shape` name.
  private func extents(_ input: Shape) throws -> [Character: Int] {
    var result: [Character: Int] = [:]
    func enter(_ labels: [Character?], _ known: [Int?]) {
      let ellipsis = labels.firstIndex(of: nil) ?? labels.count
      for (place, label) in labels.enumerated() {
        guard let label else { continue }
        // Before the ellipsis axes count from the first, behind it from the last.
        let index = place < ellipsis ? place : known.count - (labels.count - place)
        if known.indices.contains(index), let extent = known[index] { result[label] = extent }
      }
    }
    enter(sum.output, [nil] + outputExtents)
    enter(sum.inputs[0], input.extents)
    guard sum.inputs[1].allSatisfy({ label in label.flatMap { result[$0] } ?? 0 > 0 }) else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(input)",
        expected: "extents for all axes of the kernel in '\(equation)'")
    }
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    let extents = try extents(input)
    let labels = sum.inputs[1].compactMap(\.self)
    let made = labels.filter { sum.output.contains($0) }
    let kernel = VariableDeclaration(
      name: "kernel", shape: Shape(labels.compactMap { extents[$0] }),
      initializer: FanInitializer(kernelInitializer, inputAxes: labels.count - made.count),
      regularizer: kernelRegularizer, constraint: kernelConstraint)
    guard let biasAxes else { return [kernel] }
    let output = sum.output
    guard let first = output.firstIndex(where: { $0.map(biasAxes.contains) ?? false }),
      biasAxes.allSatisfy({ output.contains($0) })
    else {
      throw ShapeError(
        subject: Self.className, found: "bias axes '\(biasAxes)'",
        expected: "axes of the result of '\(equation)'")
    }
    var shape: [Int] = []
    let elided = input.rank - sum.inputs[0].count { $0 != nil }
    for label in output[first...] {
      if let label {
        shape.append(biasAxes.contains(label) ? extents[label] ?? 1 : 1)
      } else {
        shape += [Int](repeating: 1, count: max(0, elided))
      }
    }
    return [
      kernel,
      VariableDeclaration(
        name: "bias", shape: Shape(shape), initializer: biasInitializer,
        regularizer: biasRegularizer, constraint: biasConstraint),
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let input = try single(inputs)
    var result = try sum.apply([input, scope.variables[0]], in: &scope.graph)
    if biasAxes != nil { result = scope.graph.add(result, scope.variables[1]) }
    return try scope.activate(result, activation)
  }
}
