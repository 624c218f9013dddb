import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Data and layers that do not fit are errors that name the layer, what was found and what was
/// expected; numbers without a row of a table show as NaN.
@Suite struct WrongInputTests {
  @Test func layersThatNobodyKnowsAreNamed() throws {
    let model = try modelOfOneLayer(
      ["class_name": "Conv9D", "config": [:]], inputShapes: [[2, 5]])
    let text = "\(ModelError.opaque(model.opaqueLayers))"
    #expect(text.contains("'tested'") && text.contains("Conv9D"))
  }

  @Test func dataOfAnotherShapeNamesTheInputAndBothShapes() throws {
    let model = try modelOfOneLayer(
      ["class_name": "Dense", "config": ["units": 3]], inputShapes: [[2, 5]])
    var graph = Graph()
    let x = graph.input(0, shape: [2, 6])
    let error = #expect(throws: ModelError.self) {
      _ = try model.buildForward(graph: &graph, inputs: [x], training: true)
    }
    let text = "\(error as Any)"
    #expect(text.contains("input0") && text.contains("(2, 6)") && text.contains("(5"), "\(text)")
  }

  /// As JAX does it: NaN from the end of the table on, which the diagnosis then finds, and numbers below
  /// 0 count from the end; TensorFlow refuses both on processors.
  @Test(arguments: ["Embedding", "ReversibleEmbedding"])
  func numbersOutOfRangeGiveNaN(_ name: String) throws {
    let model = try modelOfOneLayer(
      ["class_name": .string(name), "config": ["input_dim": 3, "output_dim": 2]],
      inputShapes: [[1, 4]])
    var graph = Graph()
    let x = graph.input(0, shape: [1, 4])
    let forward = try model.buildForward(graph: &graph, inputs: [x], training: false)
    let table = Tensor(shape: [3, 2], scalars: [1, 2, 3, 4, 5, 6])
    let numbers = Tensor(shape: [1, 4], scalars: [0, 2, -1, 3])
    let found = try run(graph, forward.outputs, inputs: [numbers], parameters: [table])[0].scalars
    #expect(found.prefix(6) == [1, 2, 5, 6, 5, 6])
    let outOfRange = found.suffix(2).filter(\.isNaN)
    #expect(outOfRange.count == 2, "\(found)")
  }

  /// A repeated run computes on as above; data given for training are refused as on TensorFlow.
  @Test func numbersThatNameNothingAreRefusedWithTheirPlace() throws {
    let model = try modelOfOneLayer(
      ["class_name": "Embedding", "config": ["input_dim": 3, "output_dim": 4]],
      inputShapes: [[2, 2]])
    let compilation = try Compilation(
      configuration: ["optimizer": "adam", "loss": "sparse_categorical_crossentropy"],
      numerics: .fused)
    func check(_ words: [Float], _ labels: [Float], ignored: Int? = nil) throws {
      var compilation = compilation
      if let ignored {
        compilation = try Compilation(
          configuration: [
            "optimizer": "adam",
            "loss": [
              "class_name": "SparseCategoricalCrossentropy",
              "config": ["ignore_class": .int(ignored)],
            ],
          ], numerics: .fused)
      }
      let data = TrainingData(
        inputs: [Tensor(shape: [2, 2], scalars: words)],
        targets: [Tensor(shape: [2, 2], scalars: labels)])
      try data.checkNumbers(for: model, compilation)
    }
    try check([0, 1, 2, 2.9], [0, 3, 2, 1])
    try check([0, 1, 2, -0.5], [0, 3, -1, 1], ignored: -1)
    let word = #expect(throws: TrainingError.self) { try check([0, 1, 2, 3], [0, 0, 0, 0]) }
    #expect(word == .numberOutOfRange(owner: "layer 'tested'", found: "3", row: 1, count: 3))
    #expect(throws: TrainingError.self) { try check([-1, 1, 2, 0], [0, 0, 0, 0]) }
    let label = #expect(throws: TrainingError.self) { try check([0, 0, 0, 0], [0, 4, 0, 0]) }
    #expect(
      label
        == .numberOutOfRange(
          owner: "labels of output 'tested'", found: "4", row: 0, count: 4))
  }
}
