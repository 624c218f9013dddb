import JSON

/// Reads one entry of a model's `layers`.
struct LayerReader {
  let entry: JSONValue
  let config: JSONObject
  let className: String
  let name: String

  init(_ entry: JSONValue) throws {
    guard let className = entry["class_name"]?.string else {
      throw ModelError.malformed(
        subject: "model", found: "a layer without class_name (\(entry.abbreviated))",
        expected: "class_name")
    }
    self.entry = entry
    self.className = className
    config = entry["config"]?.object ?? JSONObject()
    name =
      entry["name"]?.string ?? config["name"]?.string ?? snakeCase(className)
  }

  var isOperation: Bool { entry["module"]?.string?.contains(".ops") ?? false }

  /// The layer with the given calls.
  func layer(calls: [LayerCall], opaqueReason: String? = nil) -> ModelLayer {
    ModelLayer(
      name: name, className: className,
      content: opaqueReason.map { .opaque(reason: $0) } ?? content(),
      isTrainable: config["trainable"]?.bool ?? true, calls: calls, original: entry,
      isOperation: isOperation)
  }

  private func content() -> ModelLayer.Content {
    let isKeras = LayerCatalogue.isKeras(
      module: entry["module"]?.string, registeredName: entry["registered_name"]?.string)
    guard isKeras else {
      return .opaque(reason: "it is a custom class, and no Python is executed")
    }
    do {
      if isOperation {
        return .layer(
          try OperationLayer(className, configuration: Configuration(config, subject: name)))
      }
      if ["Sequential", "Functional", "Model"].contains(className) {
        return .model(try Model(configuration: entry))
      }
      guard let type = LayerCatalogue.all.first(where: { $0.className == className }) else {
        return .opaque(reason: "layers of class \(className) are not supported")
      }
      return .layer(
        try type.init(
          configuration: Configuration(config, subject: "\(className) '\(name)'")))
    } catch {
      return .opaque(reason: "\(error)")
    }
  }
}
