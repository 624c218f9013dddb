import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct ActivationTests {
  @Test func valuesAndGradientsAreKeras() throws {
    var covered: Set<String> = []
    for entry in try Golden.entries("activations.json") {
      let name = try #require(entry["name"]?.string)
      let arguments = entry["arguments"]?.object ?? JSONObject()
      let type = try #require(ActivationCatalogue.all.first { $0.className == name })
      let activation = try type.init(
        configuration: Configuration(arguments, subject: name))
      covered.insert(name)
      let x = try #require(entry["x"]?.tensor)
      let cotangent = try #require(entry["cotangent"]?.tensor)
      var graph = Graph()
      let input = graph.input(0, shape: x.shape)
      let y = try activation.apply(input, in: &graph)
      let total = weighted(y, by: graph.input(1, shape: cotangent.shape), in: &graph)
      let gradient = graph.gradients(of: total, withRespectTo: [input])[0]
      let found = try run(graph, [y, gradient], inputs: [x, cotangent])
      let label = "\(name) \(arguments.members.map { "\($0.key)=\($0.value.abbreviated)" })"
      let wanted = try #require(entry["y"]?.tensor)
      #expect(elementwise(found[0], wanted) < 1e-5, "\(label)")
      let slope = try #require(entry["gradient"]?.tensor)
      #expect(elementwise(found[1], slope) < 2e-5, "gradient of \(label)")
    }
    #expect(covered == Set(ActivationCatalogue.all.map { type in type.className }))
  }

  /// The largest difference, in units of 1 or of the number itself.
  private func elementwise(_ found: Tensor, _ expected: Tensor) -> Float {
    zip(found.scalars, expected.scalars).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
  }

  @Test func namesAreThoseOfKeras() throws {
    for name in ["swish", "hard_swish", "relu", "linear"] {
      _ = try ActivationCatalogue.activation(.string(name))
    }
    for name in ["ReLU", "LeakyReLU", "Tanh", "no_such"] {
      #expect(throws: ConfigurationError.self) {
        _ = try ActivationCatalogue.activation(.string(name))
      }
    }
    let layer: JSONValue = ["class_name": "LeakyReLU", "config": ["negative_slope": 0.1]]
    #expect(try ActivationCatalogue.activation(layer) is LayerActivation)
  }
}
