public import JSON

extension Model {
  /// The configuration as Keras loads it: the right module names, and of each layer only the
  /// arguments that are not Keras' defaults. Layers that cannot be run stand as they were read.
  public var configuration: JSONValue {
    var config: JSONObject = ["name": .string(name)]
    if !isTrainable { config["trainable"] = false }
    let isFunctional = className == "Functional"
    config["layers"] = .array(layers.map { Self.entry($0, isFunctional: isFunctional) })
    if isFunctional {
      for key in ["input_layers", "output_layers"] {
        config[key] = original["config"]?[key] ?? .array([])
      }
    }
    return [
      "module": .string(isFunctional ? "keras.src.models.functional" : "keras"),
      "class_name": .string(className), "config": .object(config),
      "registered_name": isFunctional ? "Functional" : nil,
    ]
  }

  /// The entry of a layer; layers of functional models say what they are called with.
  static func entry(_ layer: ModelLayer, isFunctional: Bool) -> JSONValue {
    var result: JSONValue
    switch layer.content {
    case .opaque: return layer.original
    case .model(let model): result = model.configuration
    case .layer(let content):
      var config: JSONObject = ["name": .string(layer.name)]
      if !layer.isTrainable { config["trainable"] = false }
      if let dtype = layer.original["config"]?["dtype"], !isSinglePrecision(dtype), !layer.isInput {
        config["dtype"] = dtype
      }
      for member in content.configuration.members { config[member.key] = member.value }
      let module = layer.isOperation ? layer.original["module"]?.string : nil
      result = [
        "module": .string(module ?? "keras.layers"), "class_name": .string(layer.className),
        "config": .object(config), "registered_name": nil,
      ]
    }
    if isFunctional {
      result["name"] = .string(layer.name)
      result["inbound_nodes"] = layer.original["inbound_nodes"] ?? .array([])
    }
    return result
  }

  private static func isSinglePrecision(_ dtype: JSONValue) -> Bool {
    dtype.isNull || dtype.string == "float32" || dtype["config"]?["name"]?.string == "float32"
  }
}
