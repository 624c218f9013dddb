import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct ModelTests {
  private static func dense(_ name: String, _ units: Int, _ more: JSONObject = [:]) -> JSONValue {
    var config: JSONObject = ["name": .string(name), "units": .int(units)]
    for member in more.members { config[member.key] = member.value }
    return ["module": "keras.layers", "class_name": "Dense", "config": .object(config)]
  }

  private static func input(_ shape: [Int?]) -> JSONValue {
    [
      "module": "keras.layers", "class_name": "InputLayer",
      "config": ["batch_shape": .array(shape.map { $0.map { .int($0) } ?? .null }), "name": "x"],
    ]
  }

  private static func sequential(_ name: String, _ layers: [JSONValue]) -> JSONValue {
    [
      "module": "keras", "class_name": "Sequential",
      "config": ["name": .string(name), "layers": .array(layers)],
    ]
  }

  @Test func placesInTheWeightsFileAreKeras() throws {
    let inner = Self.sequential("inner", [Self.input([nil, 3]), Self.dense("a", 4)])
    let model = try Model(
      configuration: Self.sequential(
        "outer",
        [
          Self.input([nil, 5]), Self.dense("first", 3), inner, Self.dense("second", 2),
          ["class_name": "BatchNormalization", "config": ["name": "norm"]],
        ]))
    #expect(
      model.variables.map(\.path) == [
        "layers/dense/vars/0", "layers/dense/vars/1",
        "layers/sequential/layers/dense/vars/0", "layers/sequential/layers/dense/vars/1",
        "layers/dense_1/vars/0", "layers/dense_1/vars/1",
        "layers/batch_normalization/vars/0", "layers/batch_normalization/vars/1",
        "layers/batch_normalization/vars/2", "layers/batch_normalization/vars/3",
      ])
    #expect(model.variables.map(\.layer)[2] == "inner/a")
    #expect(model.variables.map(\.isTrainable).suffix(2) == [false, false])
    #expect(model.outputRowShapes == [[2]])
    #expect(model.isRunnable)
  }

  @Test func whatCannotBeRunLeavesTheRestReadable() throws {
    let model = try Model(
      configuration: Self.sequential(
        "m",
        [
          Self.input([nil, 5]), Self.dense("first", 3),
          [
            "module": "my.code", "class_name": "Dense", "registered_name": "mine>Dense",
            "config": ["name": "odd", "units": 4],
          ],
          ["class_name": "Conv9D", "config": ["name": "unknown"]],
          Self.dense("bad", 3, ["activation": "no_such"]),
        ]))
    #expect(!model.isRunnable)
    #expect(model.opaqueLayers.map(\.name) == ["odd", "unknown", "bad"])
    #expect(model.variables.map(\.layer) == ["first", "first"])
    #expect(model.configuration["config"]?["layers"]?[2]?["module"]?.string == "my.code")
    var graph = Graph()
    let x = graph.input(0, shape: [2, 5])
    #expect(throws: ModelError.opaque(model.opaqueLayers)) {
      _ = try model.buildForward(graph: &graph, inputs: [x], training: false)
    }
  }

  @Test func aSharedLayerHasItsWeightsOnce() throws {
    func tensor(_ layer: String, _ call: Int) -> JSONValue {
      [
        "class_name": "__keras_tensor__",
        "config": ["keras_history": [.string(layer), .int(call), 0]],
      ]
    }
    func entry(_ layer: JSONValue, _ calls: [JSONValue]) -> JSONValue {
      var result = layer
      result["name"] = layer["config"]?["name"]
      result["inbound_nodes"] = .array(calls.map { ["args": $0, "kwargs": [:]] })
      return result
    }
    let times: JSONValue = [
      "module": "keras.src.ops.numpy", "class_name": "Multiply", "config": ["name": "times"],
    ]
    let sum: JSONValue = [
      "module": "keras.layers", "class_name": "Add", "config": ["name": "add"],
    ]
    let shared = Self.dense("shared", 3)
    let layers: [JSONValue] = [
      entry(Self.input([nil, 3]), []),
      entry(shared, [.array([tensor("x", 0)]), .array([tensor("shared", 0)])]),
      entry(times, [.array([tensor("shared", 1), 2.0])]),
      entry(sum, [.array([.array([tensor("times", 0), tensor("shared", 0)])])]),
    ]
    let config: JSONValue = [
      "name": "twins", "layers": .array(layers), "input_layers": ["x", 0, 0],
      "output_layers": [["add", 0, 0]],
    ]
    let model = try Model(
      configuration: [
        "module": "keras.src.models.functional", "class_name": "Functional", "config": config,
      ])
    #expect(model.isRunnable, "\(model.opaqueLayers)")
    #expect(model.variables.count == 2)
    var graph = Graph()
    let x = graph.input(0, shape: [1, 3])
    let forward = try model.buildForward(graph: &graph, inputs: [x], training: false)
    // With the kernel 2·I and the bias 1: a = 2x + 1, then 2 · (2a + 1) + a = 10x + 7.
    let kernel = Tensor(shape: [3, 3], scalars: [2, 0, 0, 0, 2, 0, 0, 0, 2])
    let found = try run(
      graph, forward.outputs, inputs: [Tensor(shape: [1, 3], scalars: [1, 2, -1])],
      parameters: [kernel, Tensor(repeating: 1, shape: [3])])
    #expect(found[0].scalars == [17, 27, -3])
    #expect(forward.results.map(\.layer) == ["x", "shared", "shared", "times", "add"])
    let again = try Model(configuration: model.configuration)
    #expect(again.isRunnable && again.configuration == model.configuration)
  }

  @Test func aModelWithoutAnInputShapeCanBeGivenOne() throws {
    let configuration = Self.sequential("m", [Self.dense("first", 3)])
    let model = try Model(configuration: configuration)
    #expect(!model.isRunnable && model.opaqueLayers.isEmpty)
    let built = try Model(configuration: configuration, inputRowShapes: [[7]])
    #expect(built.isRunnable && built.variables[0].shape == [7, 3])
  }

  /// `keras.Input(())`, as of a recommender: whether the numbers come with an axis or not, a row is one.
  @Test func anInputOfOneNumberARowStaysWithoutAnAxis() throws {
    let configuration = Self.sequential(
      "m",
      [
        ["class_name": "InputLayer", "config": ["batch_shape": [nil], "name": "user"]],
        ["class_name": "Embedding", "config": ["input_dim": 5, "output_dim": 3, "name": "rows"]],
      ])
    for given in [nil, [[1]], [[]]] as [[Shape]?] {
      let model = try Model(configuration: configuration, inputRowShapes: given)
      #expect(model.isRunnable)
      #expect(model.inputRowShapes == [[]] && model.outputRowShapes == [[3]])
    }
    let model = try Model(configuration: configuration)
    for shape in [[4], [4, 1]] as [Shape] {
      let data = TrainingData(
        inputs: [Tensor(repeating: 2, shape: shape)],
        targets: [Tensor(repeating: 0, shape: [4, 3])])
      #expect(try data.fitted(to: model, what: "data").inputs[0].shape == [4])
    }
  }

  @Test(arguments: ["{}", "[]", "3", "{\"class_name\": \"Sequential\"}", "{\"class_name\": 4}"])
  func whatIsNoModelIsRefused(_ text: String) throws {
    let json = try JSONValue(parsing: text)
    #expect(throws: ModelError.self) { _ = try Model(configuration: json) }
  }

  @Test func everyGoldenModelCanBeRead() throws {
    let models = try #require(try Golden.value("golden_models.json").object)
    for member in models.members {
      let model = try Model(configuration: try #require(member.value["config"]))
      #expect(model.isRunnable, "\(member.key)")
    }
  }
}
