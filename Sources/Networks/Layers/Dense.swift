package import Graphs
package import JSON
package import Tensors

/// `activation(inputs · kernel + bias)` over the last axis: `[…, in] → […, units]`.
package struct Dense: Layer {
  package static let className = "Dense"
  package static let supportsMasking = true
  package let units: Int
  package let activation: any Activation
  package let usesBias: Bool
  package let kernelInitializer: any Initializer
  package let biasInitializer: any Initializer
  package let kernelRegularizer: (any Regularizer)?
  package let biasRegularizer: (any Regularizer)?
  package let activityRegularizer: (any Regularizer)?
  package let kernelConstraint: (any Constraint)?
  package let biasConstraint: (any Constraint)?

  package init(configuration: Configuration) throws {
    units = try configuration.int("units")
    guard units > 0 else {
      throw configuration.error("units", found: .int(units), expected: "a positive number")
    }
    for key in ["lora_rank", "quantization_config"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    activation = try configuration.activation()
    usesBias = try configuration.bool("use_bias", default: true)
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
    var result: JSONObject = ["units": .int(units)]
    result.set("activation", activation)
    result.set("use_bias", usesBias, default: true)
    result.set("kernel_initializer", kernelInitializer, default: "glorot_uniform")
    result.set("bias_initializer", biasInitializer, default: "zeros")
    result.set("kernel_regularizer", kernelRegularizer)
    result.set("bias_regularizer", biasRegularizer)
    result.set("activity_regularizer", activityRegularizer)
    result.set("kernel_constraint", kernelConstraint)
    result.set("bias_constraint", biasConstraint)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    try requireRank(2...Int.max, input)
    let kernel = VariableDeclaration(
      name: "kernel", shape: [input[-1], units], initializer: kernelInitializer,
      regularizer: kernelRegularizer, constraint: kernelConstraint)
    let bias = VariableDeclaration(
      name: "bias", shape: [units], initializer: biasInitializer, regularizer: biasRegularizer,
      constraint: biasConstraint)
    return usesBias ? [kernel, bias] : [kernel]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let input = try single(inputs)
    let shape = scope.graph.shape(input)
    let rows = scope.graph.reshape(input, to: [shape.count / max(1, shape[-1]), shape[-1]])
    var result = scope.graph.matrixProduct(rows, scope.variables[0])
    if usesBias { result = scope.graph.add(result, scope.variables[1]) }
    result = scope.graph.reshape(result, to: Shape(shape.extents.dropLast() + [units]))
    return try scope.activate(result, activation)
  }
}
