import Engine
import Graphs
import Tensors
import Testing

/// Convolutions of 3x3 cells over planes with many channels, which are computed with fewer
/// multiplications (`WinogradTransforms.h`), give what their definition says.
struct CPUPlaneConvolutionTests {
  /// A convolution of 3x3 cells.
  struct Case: CustomTestStringConvertible {
    var batch: Int
    var extents: [Int]
    var channels: Int
    var filters: Int
    /// How far the window may stand over the edges.
    var margins: Int

    var testDescription: String {
      "\(batch)×\(extents), \(channels) to \(filters) channels, margins of \(margins)"
    }

    var inputShape: Shape { Shape([batch] + extents + [channels]) }
    var kernelShape: Shape { [3, 3, channels, filters] }
    var inputCount: Int { inputShape.count }

    /// The result after bias and ReLU, and the gradients of input, kernel and bias by a sum that
    /// weighs every place differently.
    func trial(input: [Float]) -> Trial {
      var graph = Graph()
      let x = graph.parameter(0, shape: inputShape)
      let kernel = graph.parameter(1, shape: kernelShape)
      let bias = graph.parameter(2, shape: [filters])
      let window = Window(sizes: [3, 3], strides: [1, 1], low: [margins, margins])
      let plain = graph.convolution(x, kernel, window: window, high: [margins, margins])
      let result = graph.unary(.relu, graph.add(plain, bias))
      // Small enough that none of the sums below overflows by its definition.
      let random = graph.random(.normal, shape: graph.shape(plain), stream: 0)
      let weights = graph.scale(random, by: 0.1)
      let loss = graph.sum(graph.multiply(plain, weights))
      let gradients = graph.gradients(of: loss, withRespectTo: [x, kernel])
      let numbers = RandomNumbers(seed: 5, purpose: .probing)
      return Trial(
        program: Program(
          graph: graph, outputs: [result], gradients: [0: gradients[0], 1: gradients[1]]),
        parameters: [
          (inputShape, input),
          (kernelShape, numbers.normal(kernelShape.count).map { $0 / 10 }),
          ([filters], numbers.uniform(filters)),
        ])
    }

    func trial() -> Trial {
      trial(input: RandomNumbers(seed: 6, purpose: .probing).normal(inputCount))
    }
  }

  /// Even and odd extents, channels that fill vectors and that do not, one row and several.
  static let cases = [
    Case(batch: 1, extents: [16, 16], channels: 32, filters: 32, margins: 1),
    Case(batch: 3, extents: [11, 12], channels: 17, filters: 65, margins: 0),
    Case(batch: 3, extents: [7, 8], channels: 70, filters: 16, margins: 1),
    Case(batch: 2, extents: [13, 13], channels: 33, filters: 40, margins: 0),
    Case(batch: 17, extents: [4, 5], channels: 32, filters: 35, margins: 1),
    Case(batch: 33, extents: [5, 4], channels: 20, filters: 64, margins: 1),
    // Wider margins than half the window.
    Case(batch: 2, extents: [10, 11], channels: 36, filters: 34, margins: 2),
  ]

  @Test(arguments: cases)
  func resultAndGradients(one: Case) throws {
    try one.trial().expectEqualToReference(tolerance: 4e-6)
  }

  /// Large enough for several pieces in each form.
  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let one = Case(batch: 31, extents: [17, 16], channels: 48, filters: 40, margins: 1)
    let trial = one.trial()
    let alone = try trial.run(on: CPUBackend())
    for threads in [2, 3, 5] {
      #expect(try trial.run(on: CPUBackend(threads: threads), times: 3).bits == alone.bits)
    }
  }

  /// NaN and infinities reach those results whose windows see them, and as what they are; sums of
  /// the largest numbers overflow only where their definition does.
  @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38, -3e38])
  func extremesSpreadAsInTheDefinition(number: Float) throws {
    let one = Case(batch: 1, extents: [11, 12], channels: 32, filters: 33, margins: 1)
    let count = one.inputCount
    for places in [[0], [count / 2], [count / 2, count / 2 + 2 * 32], [count - 1]] {
      var input = RandomNumbers(seed: 6, purpose: .probing).normal(count)
      for place in places { input[place] = number }
      try one.trial(input: input).expectEqualToReference("\(number) at \(places)")
    }
  }

  /// What no window sees takes no part, and what is zero stays zero, to the last bit: whether a unit
  /// is dead is read from that.
  @Test func zerosStayZeros() throws {
    let one = Case(batch: 1, extents: [16, 16], channels: 32, filters: 32, margins: 1)
    var input = [Float](repeating: 0, count: one.inputCount)
    let place = (6 * 16 + 7) * 32
    input[place] = 1e20
    var trial = one.trial(input: input)
    trial.parameters[2].elements = [Float](repeating: 0, count: 32)
    trial.program.outputs = trial.program.outputs.map { sum in
      // Before the ReLU, which would make zeros of negative numbers.
      trial.program.graph.nodes[sum.index].operands[0]
    }
    for kernels in CPUBackend.Kernels.allCases {
      let result = try trial.run(on: CPUBackend(threads: 1, kernels: kernels)).outputs[0]
      for (index, element) in result.enumerated() {
        let (row, column) = (index / 32 / 16, index / 32 % 16)
        let seesIt = abs(row - 6) <= 1 && abs(column - 7) <= 1
        #expect(seesIt == (element != 0), "\(kernels), row \(row), column \(column): \(element)")
      }
    }
  }
}
