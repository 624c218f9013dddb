import JSON

/// A model of a script as it would stand in a `.keras` file.
enum ModelDocument {
  /// The configuration; `nil` where the layers are not known.
  static func document(_ model: ScriptModel, depth: Int = 0) -> JSONValue? {
    // A model may be told to hold itself.
    guard !model.isUnknown, depth < 8 else { return nil }
    return model.isSequential ? sequential(model, depth) : functional(model, depth)
  }

  private static func sequential(_ model: ScriptModel, _ depth: Int) -> JSONValue? {
    guard !model.layers.isEmpty else { return nil }
    var entries: [JSONValue] = []
    if let first = model.layers.first, first.className != "InputLayer",
      let shape = first.configuration["batch_input_shape"]
    {
      entries.append(input(named: "input_layer", shape))
    }
    for layer in model.layers {
      guard let entry = entryOrModel(layer, depth) else { return nil }
      entries.append(entry)
    }
    return [
      "module": "keras", "class_name": "Sequential",
      "config": ["name": .string(model.name), "trainable": true, "layers": .array(entries)],
      "registered_name": "Sequential",
    ]
  }

  private static func input(named name: String, _ shape: JSONValue) -> JSONValue {
    [
      "module": "keras.layers", "class_name": "InputLayer",
      "config": ["batch_shape": shape, "dtype": "float32", "name": .string(name)],
      "registered_name": nil,
    ]
  }

  private static func functional(_ model: ScriptModel, _ depth: Int) -> JSONValue? {
    var entries: [JSONValue] = []
    for layer in ModelLayers.inOrder(model) {
      guard var entry = entryOrModel(layer, depth) else { return nil }
      entry["name"] = .string(layer.name)
      let isInput = model.inputs.contains { $0.layer === layer }
      entry["inbound_nodes"] =
        isInput
        ? []
        : .array(layer.calls.map(\.document))
      entries.append(entry)
    }
    return [
      "module": "keras.src.models.functional", "class_name": "Functional",
      "config": [
        "name": .string(model.name), "trainable": true, "layers": .array(entries),
        "input_layers": .array(model.inputs.map(\.reference)),
        "output_layers": .array(model.outputs.map(\.reference)),
      ], "registered_name": "Functional",
    ]
  }

  private static func entryOrModel(_ layer: ScriptLayer, _ depth: Int) -> JSONValue? {
    if let model = layer.model, !model.isUnknown, !layer.isOpaque,
      var inner = document(model, depth: depth + 1)
    {
      inner["config"]?["name"] = .string(layer.name)
      return inner
    }
    return entry(layer)
  }

  /// A layer as it would stand in a file.
  static func entry(_ layer: ScriptLayer) -> JSONValue {
    var configuration = layer.configuration
    configuration["batch_input_shape"] = nil
    configuration["trainable"] = .bool(layer.isTrainable)
    let isCustom = layer.isOpaque || layer.className == "Operation"
    return [
      "module": isCustom ? "script" : .string(layer.module), "class_name": .string(layer.className),
      "config": .object(configuration),
      "registered_name": isCustom ? .string("script>\(layer.className)") : .null,
    ]
  }
}
