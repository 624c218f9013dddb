import Engine
import JSON
import KerasFiles
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// The files that callbacks write of a model in training.
@Suite struct KerasModelArchiveTests {
  @Test(arguments: ["sgd", "adam", "adafactor"])
  func weightsFilesHoldTheWholeState(_ optimizer: String) throws {
    let file = try KerasModelFile(path: KerasArchiveTests.path("func"))
    let model = try #require(file.model)
    let compilation = try Compilation(
      configuration: ["optimizer": .string(optimizer), "loss": "mse"])
    let archive = KerasModelArchive(model: model, compilation: compilation, source: file.archive)
    var state = try TrainingState(
      model: model, optimizer: compilation.optimizer,
      parameters: try model.initialParameters(seed: 3), seed: 3)
    // Numbers that no fresh state has.
    state.iterations = 41
    for slot in state.slots.indices {
      for index in state.slots[slot].indices { state.slots[slot][index] = Float(index + slot) }
    }
    var other = try TrainingState(
      model: model, optimizer: compilation.optimizer,
      parameters: try model.initialParameters(seed: 4), seed: 3)
    try archive.restore(archive.weights(state), into: &other)
    #expect(other.parameters == state.parameters)
    #expect(other.iterations == 41)
    #expect(
      other.optimizerVariables(model: model, optimizer: compilation.optimizer)
        == state.optimizerVariables(model: model, optimizer: compilation.optimizer))
    #expect(try archive.model(state).starts(with: "PK".utf8))
    #expect(throws: (any Error).self) { try archive.restore([1, 2, 3], into: &other) }
  }
}
