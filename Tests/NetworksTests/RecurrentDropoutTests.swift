import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// Dropout within recurrent layers: what is drawn is drawn once for a sequence.
@Suite struct RecurrentDropoutTests {
  /// h = x + h₋₁, so that what dropout does to x and to h is plain to see.
  private func states(_ arguments: JSONObject, training: Bool) throws -> Tensor {
    let (rows, steps, units) = (40, 3, 5)
    var config: JSONObject = [
      "units": .int(units), "activation": "linear", "use_bias": false, "return_sequences": true,
    ]
    for member in arguments.members { config[member.key] = member.value }
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            [
              "class_name": "InputLayer",
              "config": ["batch_shape": [nil, .int(steps), .int(units)]],
            ],
            ["class_name": "SimpleRNN", "config": .object(config)],
          ],
        ],
      ])
    var graph = Graph()
    let x = graph.input(0, shape: [rows, steps, units])
    let forward = try model.buildForward(graph: &graph, inputs: [x], training: training)
    var identity = Tensor(repeating: 0, shape: [units, units])
    for unit in 0..<units { identity.scalars[unit * units + unit] = 1 }
    return try run(
      graph, forward.outputs, inputs: [Tensor(repeating: 1, shape: [rows, steps, units])],
      parameters: [identity, identity], seed: 4)[0]
  }

  /// The sequences of all rows and units.
  private func sequences(_ states: Tensor) -> [[Float]] {
    let units = states.shape[2]
    return (0..<states.shape[0]).flatMap { row in
      (0..<units).map { unit in
        (0..<3).map { states.scalars[(row * 3 + $0) * units + unit] }
      }
    }
  }

  @Test func inputsAreDroppedForTheWholeSequence() throws {
    let found = sequences(try states(["dropout": 0.5], training: true))
    #expect(Set(found) == [[0, 0, 0], [2, 4, 6]])
    let dropped = found.count { $0[0] == 0 }
    // Four standard deviations of 200 draws.
    #expect(abs(dropped - 100) < 29)
  }

  @Test func statesAreDroppedForTheWholeSequence() throws {
    let found = sequences(try states(["recurrent_dropout": 0.5], training: true))
    #expect(Set(found) == [[1, 1, 1], [1, 3, 7]])
  }

  @Test func nothingIsDroppedOtherwise() throws {
    let both: JSONObject = ["dropout": 0.5, "recurrent_dropout": 0.5]
    #expect(Set(sequences(try states(both, training: false))) == [[1, 2, 3]])
  }

  @Test func anInitialStateThatDoesNotFitNamesBothShapes() throws {
    let layer = try SimpleRNN(configuration: Configuration(["units": 4], subject: "test"))
    var graph = Graph()
    let inputs = [
      graph.input(0, shape: [2, 3, 5]), graph.input(1, shape: [2, 3]),
    ]
    var scope = LayerScope(graph: graph, isTraining: false, batchSize: 2)
    #expect {
      _ = try layer.outputs(inputs, scope: &scope)
    } throws: { error in
      let text = "\(error)"
      return text.contains("SimpleRNN") && text.contains("(2, 3)") && text.contains("(2, 4)")
    }
  }
}
