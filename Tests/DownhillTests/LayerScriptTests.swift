import JSON
import Networks
import Scripts
import Tensors
import TestSupport
import Testing

/// A layer written in Python is read as the layer that Keras would make of it, over the catalogue.
@Suite("Layers in scripts")
struct LayerScriptTests {
  private static let files = ["layers.json", "images.json", "categories.json"]

  /// The golden layers that take one input, as they stand in a model's file.
  private static func entries() throws -> [JSONValue] {
    try files.flatMap { try Golden.entries($0) }.filter { $0["config"] != nil && rows($0) != nil }
  }

  /// The shape of a row of the input.
  private static func rows(_ entry: JSONValue) -> [Int]? {
    if let inputs = entry["inputs"]?.tensors, inputs.count == 1 {
      return Array(inputs[0].shape.extents.dropFirst())
    }
    return entry["image"]?.tensor?.shape.extents
  }

  @Test("are those of the file that Keras writes")
  func layers() throws {
    var read: Set<String> = []
    for entry in try Self.entries() {
      let name = try #require(entry["class_name"]?.string)
      let rows = try #require(Self.rows(entry))
      let wanted = try Self.model(name, try #require(entry["config"]), rows)
      guard wanted.isRunnable else { continue }
      // The lean form: what a person would write.
      let lean = try #require(wanted.layers.last?.layer?.configuration)
      let text = """
        import keras
        model = keras.Sequential([
            keras.Input(\(Self.tuple(rows))),
            keras.layers.\(name)(\(Self.arguments(lean))),
        ])
        model.compile("adam", "mse")
        """
      let script = try Script(bytes: Array(text.utf8), path: "train.py")
      let found = try script.model.map { try Model(configuration: $0) }
      let layer = found?.layers.last?.layer
      #expect(layer?.configuration == lean, "\(entry["name"]?.string ?? ""): \(text)")
      #expect(found?.variables.map(\.shape) == wanted.variables.map(\.shape), "\(text)")
      read.insert(name)
    }
    #expect(read.count > 80)
  }

  private static func model(
    _ className: String, _ configuration: JSONValue, _ rows: [Int]
  ) throws -> Model {
    var configuration = configuration
    configuration["name"] = "tested"
    return try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            [
              "class_name": "InputLayer",
              "config": ["batch_shape": .array([.null] + rows.map { .int($0) }), "name": "x"],
            ],
            [
              "module": "keras.layers", "class_name": .string(className), "config": configuration,
            ],
          ],
        ],
      ])
  }

  // MARK: Python

  private static func arguments(_ configuration: JSONObject) -> String {
    configuration.members.filter { $0.key != "name" }.map { "\($0.key)=\(python($0.value))" }
      .joined(separator: ", ")
  }

  private static func tuple(_ extents: [Int]) -> String {
    "(" + extents.map { "\($0)," }.joined(separator: " ") + ")"
  }

  private static func python(_ value: JSONValue) -> String {
    if let name = value["class_name"]?.string, let module = value["module"]?.string {
      return "\(module).\(name)(\(arguments(value["config"]?.object ?? JSONObject())))"
    }
    switch value {
    case .null: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .array(let elements): return "[" + elements.map(python).joined(separator: ", ") + "]"
    case .object(let object):
      return "{" + object.members.map { "'\($0.key)': \(python($0.value))" }.joined(separator: ", ")
        + "}"
    case .string(let text): return "'\(text)'"
    default: return String(decoding: value.bytes(), as: UTF8.self)
    }
  }
}
