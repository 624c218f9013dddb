import Engine
import Graphs
import Tensors
import Testing

/// A graph's random numbers are those of `RandomNumbers`, to the bit, by any kernels.
struct CPURandomNumbersTests {
  @Test(arguments: RandomDistribution.allCases, CPUBackend.Kernels.allCases)
  func theBitsAreTheSame(distribution: RandomDistribution, kernels: CPUBackend.Kernels) throws {
    for count in [1, 63, 64, 1000] {
      var graph = Graph()
      let result = graph.random(distribution, shape: [count], stream: 5)
      let trial = Trial(
        program: Program(graph: graph, outputs: [result]), seed: 1 << 40, step: 1 << 33)
      let found = try trial.run(on: CPUBackend(threads: 1, kernels: kernels)).outputs[0]
      let numbers = RandomNumbers(seed: 1 << 40, purpose: .graph, stream: 5, step: 1 << 33)
      let expected =
        switch distribution {
        case .uniform: numbers.uniform(count)
        case .normal: numbers.normal(count)
        }
      #expect(found == expected)
    }
  }
}
