import JSON
import Tensors

/// Reads functional models: each layer says which results it is called with.
struct FunctionalReader {
  let whole: JSONValue
  let config: JSONValue
  let rowShapes: [Shape]?

  init(_ whole: JSONValue, _ config: JSONValue, _ rowShapes: [Shape]?) {
    self.whole = whole
    self.config = config
    self.rowShapes = rowShapes
  }

  func blueprint() throws -> ModelBlueprint {
    let name = config["name"]?.string ?? "functional"
    guard let entries = config["layers"]?.array else {
      throw ModelError.malformed(
        subject: "model '\(name)'", found: config["layers"]?.abbreviated ?? "nothing",
        expected: "a list of layers")
    }
    let layers = try entries.map { entry -> ModelLayer in
      let reader = try LayerReader(entry)
      var calls: [LayerCall] = []
      var reason: String?
      for node in entry["inbound_nodes"]?.array ?? [] {
        do {
          calls.append(try call(node, layer: reader.name))
        } catch let unsupported as UnsupportedCall {
          reason = unsupported.reason
          calls.append(LayerCall(arguments: unsupported.arguments, training: nil))
        }
      }
      return reader.layer(calls: calls, opaqueReason: reason)
    }
    return ModelBlueprint(
      name: name, className: "Functional", layers: layers,
      inputs: try references(config["input_layers"], "input_layers of '\(name)'"),
      outputs: try references(config["output_layers"], "output_layers of '\(name)'"),
      isTrainable: config["trainable"]?.bool ?? true, original: whole, inputRowShapes: rowShapes)
  }

  /// A call that cannot be run, with the tensors that it takes.
  private struct UnsupportedCall: Error {
    let reason: String
    let arguments: [LayerCall.Argument]
  }

  private func call(_ node: JSONValue, layer: String) throws -> LayerCall {
    var arguments: [LayerCall.Argument] = []
    var training: Bool?
    if let old = node.array {
      // Keras 2: [["name", 0, 0, {}], …]
      for element in old { arguments.append(.tensor(try reference(element, layer))) }
      return LayerCall(arguments: arguments, training: nil)
    }
    try collect(node["args"] ?? [], into: &arguments, layer)
    for member in node["kwargs"]?.object?.members ?? [] where !member.value.isNull {
      if member.key == "training", let value = member.value.bool {
        training = value
      } else if member.key == "inputs" {
        try collect(member.value, into: &arguments, layer)
      } else {
        throw UnsupportedCall(
          reason: "it is called with the argument '\(member.key)', which is not supported",
          arguments: arguments)
      }
    }
    return LayerCall(arguments: arguments, training: training)
  }

  private func collect(
    _ value: JSONValue, into arguments: inout [LayerCall.Argument], _ layer: String
  ) throws {
    if let elements = value.array {
      for element in elements { try collect(element, into: &arguments, layer) }
    } else if let history = value["config"]?["keras_history"] {
      arguments.append(.tensor(try reference(history, layer)))
    } else if let number = value.double {
      arguments.append(.number(number))
    } else if !value.isNull {
      throw UnsupportedCall(
        reason: "it is called with \(value.abbreviated), which is not supported",
        arguments: arguments)
    }
  }

  /// `["x", 0, 0]`, or a list or dictionary of such.
  private func references(_ value: JSONValue?, _ subject: String) throws -> [TensorReference] {
    guard let value else {
      throw ModelError.malformed(subject: subject, found: "nothing", expected: "a list")
    }
    if let members = value.object?.members {
      return try members.flatMap { try references($0.value, subject) }
    }
    if value[0]?.string != nil { return [try reference(value, subject)] }
    return try (value.array ?? []).flatMap { try references($0, subject) }
  }

  private func reference(_ value: JSONValue, _ subject: String) throws -> TensorReference {
    guard let layer = value[0]?.string, let call = value[1]?.int, let output = value[2]?.int,
      call >= 0, output >= 0
    else {
      throw ModelError.malformed(
        subject: subject, found: value.abbreviated,
        expected: "a layer's name, its call and its output")
    }
    return TensorReference(layer: layer, call: call, output: output)
  }
}
