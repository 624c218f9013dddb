public import Graphs
import Tensors

/// Computes a program node by node in double precision, as plainly as it can be written: the
/// measure of what other backends compute, and the means to check derivatives.
public struct ReferenceEvaluator: Sendable {
  /// How results are kept.
  public enum Precision: Hashable, Sendable {
    /// As computed.
    case double
    /// Every result of an operation is rounded to a `Float`, so that it overflows where one does.
    case single
  }

  /// What a program gives for one set of inputs.
  public struct Results: Hashable, Sendable {
    /// The elements of each output, in the program's order.
    public var outputs: [[Double]]
    /// The elements of each gradient, by the number of the parameter.
    public var gradients: [Int: [Double]]
    /// The new elements of each parameter that the program moves on, by its number.
    public var updates: [Int: [Double]]
  }

  /// How results are kept.
  public var precision: Precision
  /// The seed of random numbers.
  public var seed: UInt64
  /// The step of random numbers.
  public var step: UInt64

  /// An evaluator of the given precision.
  public init(precision: Precision = .double, seed: UInt64 = 0, step: UInt64 = 0) {
    self.precision = precision
    self.seed = seed
    self.step = step
  }

  /// Computes everything that a program is asked for.
  ///
  /// - Parameters:
  ///   - program: The graph and what is wanted of it.
  ///   - inputs: The elements of each input, by its number.
  ///   - parameters: The elements of each parameter, by its number.
  public func evaluate(
    _ program: Program, inputs: [[Double]], parameters: [[Double]]
  ) -> Results {
    let program = program.withRecurrencesWrittenOut()
    let nodes = program.graph.nodes
    let wanted =
      program.outputs + Array(program.gradients.values) + Array(program.updates.values)
    var needed = [Bool](repeating: false, count: nodes.count)
    for value in wanted { needed[value.index] = true }
    for index in nodes.indices.reversed() where needed[index] {
      for operand in nodes[index].operands { needed[operand.index] = true }
    }

    var values = [ReferenceArray?](repeating: nil, count: nodes.count)
    for index in nodes.indices where needed[index] {
      let node = nodes[index]
      let operands = node.operands.map { operand -> ReferenceArray in
        guard let value = values[operand.index] else {
          preconditionFailure("node \(index) needs node \(operand.index), which comes later")
        }
        return value
      }
      var result: ReferenceArray
      switch node.operation {
      case .input(let number):
        result = ReferenceArray(node.shape, inputs[number])
      case .parameter(let number):
        result = ReferenceArray(node.shape, parameters[number])
      case .random(let distribution, let stream):
        result = random(distribution, stream: stream, shape: node.shape)
      default:
        result = ReferenceArray.apply(node.operation, operands, shape: node.shape)
      }
      if precision == .single { result.elements = result.elements.map { Double(Float($0)) } }
      values[index] = result
    }
    func elements(_ value: Value) -> [Double] { values[value.index]?.elements ?? [] }
    return Results(
      outputs: program.outputs.map(elements), gradients: program.gradients.mapValues(elements),
      updates: program.updates.mapValues(elements))
  }

  private func random(
    _ distribution: RandomDistribution, stream: Int, shape: Shape
  ) -> ReferenceArray {
    let numbers = RandomNumbers(seed: seed, purpose: .graph, stream: stream, step: step)
    let drawn =
      switch distribution {
      case .uniform: numbers.uniform(shape.count)
      case .normal: numbers.normal(shape.count)
      }
    return ReferenceArray(shape, drawn.map(Double.init))
  }
}
