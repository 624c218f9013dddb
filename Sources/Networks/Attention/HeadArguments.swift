package import Graphs
package import JSON
import Tensors

/// The arguments of the projections that attention with heads is made of.
package struct HeadArguments: Sendable {
  package let usesBias: Bool
  package let dropout: Double
  package let kernelInitializer: any Initializer
  package let biasInitializer: any Initializer
  package let kernelRegularizer: (any Regularizer)?
  package let biasRegularizer: (any Regularizer)?
  package let kernelConstraint: (any Constraint)?
  package let biasConstraint: (any Constraint)?
  /// How far a step sees in both directions; `nil`: all of them.
  package let window: Int?
  private let seed: Int?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    usesBias = try configuration.bool("use_bias", default: true)
    dropout = try configuration.double("dropout", default: 0)
    kernelInitializer = try configuration.initializer(
      "kernel_initializer", default: "glorot_uniform")
    biasInitializer = try configuration.initializer("bias_initializer", default: "zeros")
    kernelRegularizer = try configuration.regularizer("kernel_regularizer")
    biasRegularizer = try configuration.regularizer("bias_regularizer")
    kernelConstraint = try configuration.constraint("kernel_constraint")
    biasConstraint = try configuration.constraint("bias_constraint")
    window = configuration.value("sliding_window")?.int
    seed = configuration.value("seed")?.int
    if try configuration.bool("use_gate", default: false) {
      throw configuration.error("use_gate", found: true, expected: "false (this is not supported)")
    }
    if let regularizer = configuration.value("activity_regularizer") {
      throw configuration.error(
        "activity_regularizer", found: regularizer, expected: "null (this is not supported)")
    }
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject) {
    result.set("use_bias", usesBias, default: true)
    result.set("dropout", dropout, default: 0)
    result.set("kernel_initializer", kernelInitializer, default: "glorot_uniform")
    result.set("bias_initializer", biasInitializer, default: "zeros")
    result.set("kernel_regularizer", kernelRegularizer)
    result.set("bias_regularizer", biasRegularizer)
    result.set("kernel_constraint", kernelConstraint)
    result.set("bias_constraint", biasConstraint)
    if let window { result["sliding_window"] = .int(window) }
    if let seed { result["seed"] = .int(seed) }
  }

  /// The variables of one projection: a kernel from some axes to others, and a bias.
  package func variables(
    _ name: String, place: String, from inputs: [Int], to outputs: [Int]
  ) -> [VariableDeclaration] {
    let kernel = VariableDeclaration(
      name: "\(name)/kernel", place: place, shape: Shape(inputs + outputs),
      initializer: FanInitializer(kernelInitializer, inputAxes: inputs.count),
      regularizer: kernelRegularizer, constraint: kernelConstraint)
    let bias = VariableDeclaration(
      name: "\(name)/bias", place: place, shape: Shape(outputs),
      initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint)
    return usesBias ? [kernel, bias] : [kernel]
  }

  /// The projection of the last axes of a value: `[…, in] → […, out]`.
  package func project(
    _ value: Value, inputs: Int, outputs: [Int], variables: ArraySlice<Value>,
    in graph: inout Graph
  ) -> Value {
    let extents = graph.shape(value).extents
    let lead = Array(extents.dropLast(inputs))
    let inner = extents.suffix(inputs).reduce(1, *)
    let width = outputs.reduce(1, *)
    let rows = graph.reshape(value, to: [lead.reduce(1, *), inner])
    let kernel = graph.reshape(variables[variables.startIndex], to: [inner, width])
    var result = graph.matrixProduct(rows, kernel)
    if usesBias {
      let bias = graph.reshape(variables[variables.startIndex + 1], to: [width])
      result = graph.add(result, bias)
    }
    return graph.reshape(result, to: Shape(lead + outputs))
  }
}

/// An initializer for kernels of more than two axes that counts inputs and outputs as the projection
/// does, not as a convolution.
struct FanInitializer: Initializer {
  static let className = "FanInitializer"
  private let base: any Initializer
  private let inputAxes: Int

  init(_ base: any Initializer, inputAxes: Int) {
    self.base = base
    self.inputAxes = inputAxes
  }

  init(configuration: Configuration) throws {
    base = try configuration.initializer("base", default: "glorot_uniform")
    inputAxes = try configuration.int("input_axes", default: 1)
  }

  func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    let matrix: Shape = [
      shape.extents.prefix(inputAxes).reduce(1, *),
      shape.extents.dropFirst(inputAxes).reduce(1, *),
    ]
    return Tensor(shape: shape, scalars: try base.values(for: matrix, random: random).scalars)
  }
}
