import Engine
import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// One law for every layer that works on strings: Keras' numbers on TensorFlow, a configuration that
/// survives the round trip, and data of the wrong kind refused by name.
@Suite struct TextLayerTests {
  private static let entries = Result { try Golden.entries("texts.json") }

  @Test func numbersAreKeras() throws {
    for entry in try Self.entries.get() where entry["documents"] == nil {
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      let wanted = try #require(entry["output"]?.tensor)
      for configuration in try Self.twice(entry) {
        let found = try Self.computed(configuration, entry)
        #expect(found.shape == wanted.shape, label)
        #expect(deviation(found.scalars, wanted.scalars) < 1e-6, "\(label): \(found.scalars)")
      }
    }
  }

  @Test func vocabulariesOfNumbersAreKeras() throws {
    let entries = try Self.entries.get().filter { $0["numbers"] != nil }
    #expect(!entries.isEmpty)
    for entry in entries {
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      let given = try #require(entry["numbers"])
      let shape = Shape((given["shape"]?.array ?? []).compactMap(\.int))
      let numbers = (given["integers"]?.array ?? []).compactMap(\.int)
      let adapted = try IntegerLookup.adapted(
        try #require(entry["config"]?.object), to: shape, numbers)
      #expect(adapted["vocabulary"] == entry["vocabulary"], label)
      let layer = try IntegerLookup(configuration: Configuration(adapted, subject: "tested"))
      #expect(layer.isAdapted, label)
      let weights = entry["idf_weights"]?.tensor?.scalars ?? []
      #expect(deviation(layer.weights, weights) < 1e-6, label)
    }
  }

  @Test func vocabulariesAreKeras() throws {
    for entry in try Self.entries.get() where entry["numbers"] == nil {
      guard let documents = entry["documents"]?.array?.compactMap(\.string) else { continue }
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      let arguments = try #require(entry["config"]?.object)
      let texts = [TextArray(documents).reshaped(to: [documents.count, 1])]
      let isText = entry["class_name"]?.string == TextVectorization.className
      let adapted =
        isText
        ? try TextVectorization.adapted(arguments, to: texts)
        : try StringLookup.adapted(arguments, to: texts)
      let configuration = Configuration(adapted, subject: "tested")
      let vocabulary =
        isText
        ? try TextVectorization(configuration: configuration).vocabulary
        : try StringLookup(configuration: configuration).vocabulary
      #expect(
        vocabulary.everyWord == entry["vocabulary"]?.array?.compactMap(\.string), label)
      #expect(vocabulary.isAdapted, label)
      let weights = entry["idf_weights"]?.tensor?.scalars ?? []
      #expect(deviation(vocabulary.weights, weights) < 1e-6, label)
    }
  }

  @Test func numbersWhereWordsBelongAreRefused() throws {
    let numbers = DataArray.numbers(Tensor(repeating: 1, shape: [3, 1]))
    for entry in try Self.entries.get() where entry["documents"] == nil {
      let model = try Self.model(try #require(entry["config"]), entry, rows: nil)
      let stage = try #require(model.dataStage)
      guard stage.sources.allSatisfy(\.takesStrings) else { continue }
      let error = #expect(throws: (any Error).self) {
        _ = try stage.entries(of: [[numbers]])
      }
      #expect("\(error as Any)".contains("strings"))
    }
  }

  @Test func unknownWordsWithoutAPlaceAreNamed() throws {
    let lookup = try StringLookup(
      configuration: Configuration(
        ["vocabulary": ["a"], "num_oov_indices": 0], subject: "StringLookup"))
    let error = #expect(throws: ShapeError.self) {
      _ = try lookup.entry([.texts(TextArray(["a", "zebra"]))])
    }
    #expect(error?.description.contains("'zebra'") == true)
  }

  /// Between the layers that stand in front, only places of words may pass.
  @Test func computedNumbersAreNoData() throws {
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 2], "name": "x"]],
            ["class_name": "Dense", "config": ["units": 2, "name": "d"]],
            ["class_name": "Hashing", "config": ["num_bins": 3, "name": "h"]],
          ],
        ],
      ])
    let opaque = try #require(model.opaqueLayers.first)
    #expect(opaque.name == "h" && opaque.reason.contains("another layer computes"))
  }

  // MARK: Running

  private static func inputs(_ entry: JSONValue) -> [DataArray] {
    (entry["inputs"]?.array ?? []).map { input in
      let shape = Shape((input["shape"]?.array ?? []).compactMap(\.int))
      if let texts = input["texts"]?.array {
        return .texts(TextArray(shape: shape, texts.compactMap(\.string)))
      }
      return .integers(shape: shape, (input["integers"]?.array ?? []).compactMap(\.int))
    }
  }

  /// The configuration as Keras wrote it, and as it is written here.
  private static func twice(_ entry: JSONValue) throws -> [JSONValue] {
    let given = try #require(entry["config"])
    let model = try Self.model(given, entry, rows: nil)
    #expect(model.opaqueLayers.isEmpty, "\(entry["name"] as Any): \(model.opaqueLayers)")
    let layer = try #require(model.layers.last?.layer)
    return [given, .object(layer.configuration)]
  }

  private static func computed(_ configuration: JSONValue, _ entry: JSONValue) throws -> Tensor {
    let open = try model(configuration, entry, rows: nil)
    let tensors = try #require(open.dataStage).entries(of: [inputs(entry)])[0]
    let built = try model(
      configuration, entry, rows: tensors.map { Shape(Array($0.shape.extents.dropFirst())) })
    var graph = Graph()
    let values = tensors.enumerated().map { graph.input($0.offset, shape: $0.element.shape) }
    let forward = try built.buildForward(graph: &graph, inputs: values, training: true)
    return try run(graph, forward.outputs, inputs: tensors, on: CPUBackend())[0]
  }

  private static func model(
    _ configuration: JSONValue, _ entry: JSONValue, rows: [Shape]?
  ) throws -> Model {
    var entry = entry
    entry["config"] = configuration
    return try modelOfOneLayer(
      entry,
      inputs: inputs(entry).map { input in
        var type = "int64"
        if case .texts = input { type = "string" }
        return TestedInput(Array(input.shape.extents.dropFirst()), type: type)
      }, rowShapes: rows)
  }
}
