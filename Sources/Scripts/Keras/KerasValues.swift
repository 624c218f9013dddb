import JSON

/// Values of a script as Keras 3 would write them into a file.
enum KerasValues {
  /// A function that nobody can know from outside: rules see that there is one.
  static let opaqueFunction: JSONValue = [
    "module": "builtins", "class_name": "function", "config": "unknown",
    "registered_name": "function",
  ]

  /// The value of an argument of a layer; `nil` where it is not known.
  static func document(_ value: Value, for key: String, depth: Int = 0) -> JSONValue? {
    switch value {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string(let text): return .string(renamed(text, for: key))
    case .list, .tuple, .range:
      guard depth < 12 else { return nil }
      let items = (value.elements ?? []).map { document($0, for: key, depth: depth + 1) }
      return items.contains { $0 == nil } ? nil : .array(items.compactMap { $0 })
    case .object(let object): return object.document
    case .library(let name):
      let last = lastPart(name)
      if name.hasPrefix("numpy.") || name.hasPrefix("tensorflow.float") { return .string(last) }
      if key == "activation" || key == "recurrent_activation" {
        if KerasNames.isLayer(last) { return opaqueFunction }
        return .string(renamed(last, for: key))
      }
      if let maker = KerasNames.makers[last] ?? KerasNames.family(ofClass: last).map({ ($0, last) })
      {
        return .string(KerasNames.layerName(maker.className))
      }
      return opaqueFunction
    case .function: return opaqueFunction
    case .layer(let layer):
      // A layer as an activation: what it computes is its class.
      switch (key, layer.className) {
      case ("activation", "ReLU"): return "relu"
      case ("activation", "LeakyReLU"): return "leaky_relu"
      case ("activation", "Softmax"): return "softmax"
      case ("activation", "ELU"): return "elu"
      case ("layer", _): return ModelDocument.entry(layer)
      default: return opaqueFunction
      }
    case .array(let box):
      if let number = value.int { return .int(number) }
      if let number = value.double { return .double(number) }
      return box.array.shape.count == 1 && box.array.texts == nil
        ? .array(box.array.data.map { .double($0) }) : nil
    default: return nil
    }
  }

  /// Names that texts had in older versions.
  private static func renamed(_ text: String, for key: String) -> String {
    switch (key, text) {
    case ("data_format", "th"): "channels_first"
    case ("data_format", "tf"): "channels_last"
    case (_, "uniform") where key.hasSuffix("initializer"): "random_uniform"
    case (_, "normal") where key.hasSuffix("initializer"): "random_normal"
    case (_, "zero") where key.hasSuffix("initializer"): "zeros"
    case (_, "one") where key.hasSuffix("initializer"): "ones"
    default: text
    }
  }
}
