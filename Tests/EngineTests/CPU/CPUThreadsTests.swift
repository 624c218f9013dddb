import Engine
import Graphs
import Tensors
import Testing

/// Threads share work, and change nothing.
struct CPUThreadsTests {
  /// Large enough to be cut by rows or by columns, with a bias and a ReLU, and with a rest.
  @Test(arguments: [(300, 260, 420), (420, 260, 300), (130, 520, 500)], [false, true])
  func anyNumberOfThreadsGivesTheSameBits(sizes: (Int, Int, Int), isTransposed: Bool) throws {
    let (m, k, n) = sizes
    var graph = Graph()
    let left = graph.input(0, shape: isTransposed ? [k, m] : [m, k])
    let right = graph.parameter(0, shape: isTransposed ? [n, k] : [k, n])
    let bias = graph.parameter(1, shape: [n])
    let product = graph.matrixProduct(
      left, right, transposeLeft: isTransposed, transposeRight: isTransposed)
    let result = graph.unary(.relu, graph.add(product, bias))
    let numbers = RandomNumbers(seed: 8, purpose: .probing)
    let trial = Trial(
      program: Program(graph: graph, outputs: [result]), inputs: [numbers.normal(m * k)],
      parameters: [(graph.shape(right), numbers.uniform(k * n)), ([n], numbers.normal(n))])
    let alone = try trial.run(on: CPUBackend())
    for threads in [2, 3, 5] {
      #expect(try trial.run(on: CPUBackend(threads: threads), times: 5).bits == alone.bits)
    }
    try trial.expectEqualToReference(tolerance: 2e-6)
  }

  @Test(arguments: [1, 2, 4])
  func partsMakeUpTheWhole(threads: Int) {
    let backend = CPUBackend(threads: threads)
    for count in [0, 5, 65_535, 131_072, 1_000_003] {
      let visits = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
      visits.initialize(repeating: 0)
      backend.inParts(count) { part in for place in part { visits[place] += 1 } }
      #expect(visits.allSatisfy { $0 == 1 }, "\(count) elements")
      visits.deallocate()
    }
  }

  /// Two runs that want the threads at once: one gets them, the other works alone.
  @Test func runsMayShareABackend() async throws {
    let backend = CPUBackend(threads: 2)
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let parts = UnsafeMutableBufferPointer<Int>.allocate(capacity: 1 << 20)
          defer { parts.deallocate() }
          parts.initialize(repeating: 0)
          for _ in 0..<20 {
            backend.inParts(1 << 20) { part in for place in part { parts[place] += place & 1 } }
          }
          return parts.reduce(0, +)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == [Int](repeating: 20 << 19, count: 8))
  }
}
