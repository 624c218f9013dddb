package import Graphs
package import JSON
import Tensors

/// The arguments that all recurrent cells have, and the variables that follow from them.
package struct CellArguments: Sendable {
  /// More units than any machine holds the recurrent kernel of; beyond it, products overflow.
  private static let largestUnits = 1 << 30

  package let units: Int
  package let activation: any Activation
  package let usesBias: Bool
  package let kernel: WeightArguments
  package let recurrentKernel: WeightArguments
  package let bias: WeightArguments
  /// The probability with which an element of a step's input is dropped, the same ones at every step.
  package let dropout: Double
  /// The probability with which an element of the state is dropped, the same ones at every step.
  package let recurrentDropout: Double
  private let seed: Int?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    units = try configuration.int("units")
    guard (1...Self.largestUnits).contains(units) else {
      throw configuration.error(
        "units", found: .int(units), expected: "a number from 1 to \(Self.largestUnits)")
    }
    activation =
      configuration.values["activation"] == nil
      ? try ActivationCatalogue.activation("tanh") : try configuration.activation()
    usesBias = try configuration.bool("use_bias", default: true)
    kernel = try WeightArguments("kernel", configuration)
    recurrentKernel = try WeightArguments("recurrent", configuration, default: "orthogonal")
    bias = try WeightArguments("bias", configuration, default: "zeros")
    // Keras takes rates out of range for the nearest end.
    dropout = min(1, max(0, try configuration.double("dropout", default: 0)))
    recurrentDropout = min(1, max(0, try configuration.double("recurrent_dropout", default: 0)))
    seed = configuration.value("seed")?.int
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result: JSONObject = ["units": .int(units)]
    let name = ActivationCatalogue.json(activation)
    if name != "tanh" { result["activation"] = name }
    result.set("use_bias", usesBias, default: true)
    for weight in [kernel, recurrentKernel, bias] { weight.write(to: &result) }
    result.set("dropout", dropout, default: 0)
    result.set("recurrent_dropout", recurrentDropout, default: 0)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  /// Kernel, recurrent kernel and bias, side by side for each gate.
  ///
  /// - Parameters:
  ///   - inputExtent: How many features a step has.
  ///   - gates: How many gates the cell has.
  ///   - biasRows: How many biases each gate has; with one the bias is a vector.
  ///   - biasInitializer: Where the first bias comes from, if not from the argument.
  package func variables(
    inputExtent: Int, gates: Int, biasRows: Int = 1, biasInitializer: (any Initializer)? = nil
  ) -> [VariableDeclaration] {
    let width = units * gates
    var result = [
      kernel.declaration("kernel", [inputExtent, width]),
      recurrentKernel.declaration("recurrent_kernel", [units, width]),
    ]
    if usesBias {
      let shape: Shape = biasRows == 1 ? [width] : [biasRows, width]
      result.append(bias.declaration("bias", shape, initializer: biasInitializer))
    }
    return result
  }

  // MARK: Dropout

  /// What each gate's input is multiplied by over the whole sequence: one factor for all gates,
  /// except that each has its own where the state is dropped, too (Keras' `implementation` 1).
  package func inputFactors(
    batch: Int, extent: Int, gates: Int, scope: inout LayerScope
  ) -> [Value] {
    guard scope.isTraining, dropout > 0, dropout < 1 else { return [] }
    let count = recurrentDropout > 0 ? gates : 1
    return (0..<count).map { _ in scope.dropoutFactor(dropout, shape: [batch, extent]) }
  }

  /// Whether elements of the state are dropped.
  package func dropsState(scope: LayerScope) -> Bool {
    scope.isTraining && recurrentDropout > 0 && recurrentDropout < 1
  }

  /// What the state is multiplied by at every step, for each gate.
  package func stateFactors(batch: Int, gates: Int, scope: inout LayerScope) -> [Value] {
    guard dropsState(scope: scope) else { return [] }
    return (0..<gates).map { _ in scope.dropoutFactor(recurrentDropout, shape: [batch, units]) }
  }
}
