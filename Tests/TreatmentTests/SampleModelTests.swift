import Engine
import Foundation
import Graphs
import JSON
import KerasFiles
import Networks
import Tensors
import TestSupport
import Testing

/// Models of Keras that prepare their own data run, and predict what Keras predicts.
@Suite struct SampleModelTests {
  @Test(arguments: [0, 1]) func predictionsAreKeras(_ number: Int) throws {
    let entry = try Golden.entries("samples.json")[number]
    let name = try #require(entry["name"]?.string)
    let file = try KerasModelFile(
      path: Fixtures.samples.appending(path: "\(name).keras").path(percentEncoded: false))
    #expect(file.obstacle == nil)
    let model = try #require(file.model)
    let parameters = try #require(file.parameters)
    let input = try #require(entry["input"]?.tensor)
    let wanted = try #require(entry["output"]?.tensor)
    var graph = Graph()
    let x = graph.input(0, shape: input.shape)
    let forward = try model.buildForward(graph: &graph, inputs: [x], training: false)
    let layout = ParameterLayout(parameters.map { ($0.shape, true) })
    let executable = CPUBackend().compile(
      Program(graph: graph, outputs: forward.outputs), layout: layout)
    _ = executable.input(0).update(fromContentsOf: input.scalars)
    var arena = [Float](repeating: 0, count: layout.count)
    for (slot, tensor) in zip(layout.slots, parameters) {
      arena.replaceSubrange(slot.range, with: tensor.scalars)
    }
    arena.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      executable.run(parameters: base, gradients: nil, seed: 0, step: 0)
    }
    #expect(deviation(Array(executable.output(0)), wanted.scalars) < 1e-5, "\(name)")
  }
}
