import Engine
import Graphs
import Tensors
import Testing

/// A program with everything that it needs to run, to be tried on one backend or another.
struct Trial {
  var program: Program
  var inputs: [[Float]] = []
  var parameters: [(shape: Shape, elements: [Float])] = []
  var seed: UInt64 = 7
  var step: UInt64 = 3

  /// What a run gives.
  struct Results: Equatable {
    var outputs: [[Float]]
    var gradients: [Float]
    var parameters: [Float]

    /// The bits of everything, so that NaN equals NaN.
    var bits: [[UInt32]] { (outputs + [gradients, parameters]).map { $0.map(\.bitPattern) } }
  }

  /// Runs the program, more than once if asked, each time from the same parameters.
  func run(on backend: some Backend, times: Int = 1) throws -> Results {
    let layout = ParameterLayout(parameters.map { ($0.shape, true) })
    let executable = try backend.compile(program, layout: layout)
    for (number, elements) in inputs.enumerated() {
      _ = executable.input(number).update(fromContentsOf: elements)
    }
    var results = Results(outputs: [], gradients: [], parameters: [])
    for _ in 0..<times {
      // A sentinel shows what was not written, and what was written beyond an end.
      var arena = parameters.flatMap(\.elements) + [Self.sentinel]
      var gradients = [Float](repeating: Self.sentinel, count: layout.count + 1)
      arena.withUnsafeMutableBufferPointer { arena in
        gradients.withUnsafeMutableBufferPointer { gradients in
          guard let base = arena.baseAddress else { return }
          executable.run(
            parameters: base, gradients: gradients.baseAddress, seed: seed, step: step)
        }
      }
      results = Results(
        outputs: program.outputs.indices.map { Array(executable.output($0)) },
        gradients: gradients, parameters: arena)
    }
    return results
  }

  private static let sentinel: Float = 12345.678

  /// Expects the processor's results, by every kind of kernels, to be those of the
  /// reference, to some parts of the largest element: sums are added up in another
  /// order.
  func expectEqualToReference(
    tolerance: Float = 2e-6, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try run(on: ReferenceBackend())
    for kernels in CPUBackend.Kernels.allCases {
      let found = try run(on: CPUBackend(threads: 1, kernels: kernels), times: 2)
      let pairs =
        Array(zip(expected.outputs, found.outputs))
        + [(expected.gradients, found.gradients), (expected.parameters, found.parameters)]
      for (number, (right, mine)) in pairs.enumerated() {
        let wrong = Self.differences(right, mine, tolerance)
        #expect(
          wrong.isEmpty,
          "\(comment ?? "") kernels: \(kernels), result \(number): \(wrong.prefix(3))",
          sourceLocation: sourceLocation)
      }
    }
  }

  private static func differences(_ right: [Float], _ mine: [Float], _ tolerance: Float) -> [String]
  {
    guard right.count == mine.count else { return ["\(mine.count) of \(right.count) elements"] }
    let size = right.filter(\.isFinite).map(abs).max() ?? 0
    return zip(right, mine).enumerated().compactMap { place, pair in
      let (right, mine) = pair
      if right == mine || (right.isNaN && mine.isNaN) { return nil }
      return abs(right - mine) <= tolerance * max(1, size)
        ? nil : "[\(place)] \(mine) instead of \(right)"
    }
  }
}
