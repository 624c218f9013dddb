import Engine
import Graphs
import Tensors
import Testing

/// Whole training steps of dense networks, with everything that fuses in them.
struct CPUTrainingStepTests {
  /// A network, its batch, and how the last layer meets the loss.
  struct Example: Sendable, CustomStringConvertible {
    var batch: Int
    var units: [Int]
    var activation: UnaryOperation
    var isClassifier: Bool
    var description: String {
      "\(units) batch \(batch) \(activation)\(isClassifier ? " softmax" : "")"
    }
  }

  static let examples: [Example] = [
    Example(batch: 4, units: [2, 16, 1], activation: .hyperbolicTangent, isClassifier: false),
    Example(batch: 1, units: [3, 5, 2], activation: .relu, isClassifier: true),
    Example(batch: 32, units: [20, 64, 64, 1], activation: .relu, isClassifier: false),
    Example(batch: 32, units: [20, 64, 64, 10], activation: .sigmoid, isClassifier: true),
    Example(batch: 7, units: [13, 33, 9, 3], activation: .softplus, isClassifier: true),
    Example(batch: 40, units: [300, 270, 10], activation: .relu, isClassifier: true),
  ]

  static func trial(_ example: Example) -> Trial {
    var graph = Graph()
    let units = example.units
    let numbers = RandomNumbers(seed: 3, purpose: .initialization)
    var value = graph.input(0, shape: [example.batch, units[0]])
    var parameters: [(shape: Shape, elements: [Float])] = []
    for (layer, (inputs, outputs)) in zip(units, units.dropFirst()).enumerated() {
      let kernel = graph.parameter(parameters.count, shape: [inputs, outputs])
      let scale = 1 / Float(inputs).squareRoot()
      parameters.append(
        ([inputs, outputs], numbers.normal(inputs * outputs).map { $0 * scale }))
      let bias = graph.parameter(parameters.count, shape: [outputs])
      parameters.append(([outputs], numbers.uniform(outputs).map { $0 - 0.5 }))
      value = graph.add(graph.matrixProduct(value, kernel), bias)
      if layer < units.count - 2 {
        value = graph.unary(example.activation, value)
        // Dropout of a tenth.
        let random = graph.random(.uniform, shape: graph.shape(value), stream: layer)
        let kept = graph.binary(.greaterOrEqual, random, graph.constant(0.1))
        value = graph.multiply(value, graph.scale(kept, by: 1 / 0.9))
      }
    }
    let last = units[units.count - 1]
    let targets = RandomNumbers(seed: 3, purpose: .probing, stream: 1).uniform(example.batch)
    var loss: Value
    if example.isClassifier {
      let labels = graph.input(1, shape: [example.batch])
      let largest = graph.stopGradient(graph.maximum(value, axes: [1], keepAxes: true))
      let shifted = graph.subtract(value, largest)
      let sum = graph.sum(graph.unary(.exponential, shifted), axes: [1], keepAxes: true)
      let logs = graph.subtract(shifted, graph.unary(.logarithm, sum))
      let chosen = graph.multiply(logs, graph.oneHot(labels, classes: last))
      loss = graph.unary(.negate, graph.mean(graph.sum(chosen, axes: [1])))
    } else {
      let labels = graph.input(1, shape: [example.batch, 1])
      loss = graph.mean(graph.unary(.square, graph.subtract(value, labels)))
    }
    let leaves = parameters.indices.map {
      graph.parameter($0, shape: parameters[$0].shape)
    }
    let gradients = graph.gradients(of: loss, withRespectTo: leaves)
    return Trial(
      program: Program(
        graph: graph, outputs: [loss, value],
        gradients: Dictionary(uniqueKeysWithValues: gradients.enumerated().map { ($0, $1) })),
      inputs: [
        RandomNumbers(seed: 3, purpose: .probing).normal(example.batch * units[0]),
        targets.map { example.isClassifier ? ($0 * Float(last)).rounded(.down) : $0 },
      ],
      parameters: parameters)
  }

  @Test(arguments: examples)
  func equalsTheReference(example: Example) throws {
    try Self.trial(example).expectEqualToReference()
  }

  @Test(arguments: examples)
  func theSameSeedGivesTheSameBits(example: Example) throws {
    var trial = Self.trial(example)
    let first = try trial.run(on: CPUBackend())
    #expect(try trial.run(on: CPUBackend(), times: 3).bits == first.bits)
    // The few elements of a single row may all be kept by both seeds.
    guard example.batch > 1 else { return }
    trial.seed += 1
    #expect(try trial.run(on: CPUBackend()).outputs != first.outputs)
  }

  /// What a program moves on, it moves on last: everything else reads the old values.
  @Test func updatesComeLast() throws {
    var graph = Graph()
    let values = (0..<3).map { graph.parameter($0, shape: [5]) }
    let sum = graph.add(values[0], values[1])
    let half = graph.scale(sum, by: 0.5)
    let trial = Trial(
      program: Program(
        graph: graph, outputs: [values[0], sum],
        updates: [0: values[1], 1: values[0], 2: half]),
      parameters: (0..<3).map { number in ([5], (0..<5).map { Float($0 * 10 + number) }) })
    try trial.expectEqualToReference()
  }

  /// Outputs and gradients that are leaves, constants, one value twice, or each other's reshapes.
  @Test func anyValueMayBeHandedOut() throws {
    var graph = Graph()
    let x = graph.input(0, shape: [2, 3])
    let weight = graph.parameter(0, shape: [3])
    let twice = graph.scale(weight, by: 2)
    let repeated = graph.broadcast(weight, to: [4, 3])
    let outputs = [
      x, weight, twice, twice, graph.reshape(twice, to: [3, 1]), graph.constant(4, shape: [3]),
      repeated, graph.transpose(repeated, [1, 0]), graph.reshape(x, to: [6]),
    ]
    let zero = graph.constant(0, shape: [3])
    let trial = Trial(
      program: Program(
        graph: graph, outputs: outputs, gradients: [0: twice, 1: weight, 2: zero]),
      inputs: [[1, 2, 3, 4, 5, 6]], parameters: (0..<3).map { _ in ([3], [7, 8, 9]) })
    try trial.expectEqualToReference()
  }
}
