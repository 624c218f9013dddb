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
      let calls = try (entry["inbound_nodes"]?.array ?? []).map {
        LayerCall(try arguments($0, reader.name))
      }
      return reader.layer(calls: calls)
    }
    return ModelBlueprint(
      name: name, className: "Functional", layers: layers,
      inputs: try references(config["input_layers"], "input_layers of '\(name)'"),
      outputs: try references(config["output_layers"], "output_layers of '\(name)'"),
      isTrainable: config["trainable"]?.bool ?? true, original: whole, inputRowShapes: rowShapes)
  }

  /// The arguments of one node. `training` is left out: when a model is called, Keras puts what the
  /// model is told in its place, whatever the file says.
  private func arguments(
    _ node: JSONValue, _ layer: String
  ) throws -> CallArguments<TensorReference> {
    if let old = node.array {
      // Keras 2: [["name", 0, 0, {}], …]
      let references = try old.map { CallArgument.tensor(try reference($0, layer)) }
      return CallArguments(references.count == 1 ? references : [.list(references)])
    }
    var positional = try (node["args"]?.array ?? []).map { try argument($0, layer) }
    while positional.last == .plain(.null) { positional.removeLast() }
    var keywords: [CallArguments<TensorReference>.Keyword] = []
    for member in node["kwargs"]?.object?.members ?? []
    where !member.value.isNull && member.key != "training" {
      let value = try argument(member.value, layer)
      if member.key == "inputs", positional.isEmpty {
        positional.append(value)
      } else {
        keywords.append(.init(name: member.key, argument: value))
      }
    }
    return CallArguments(positional, keywords: keywords)
  }

  private func argument(
    _ value: JSONValue, _ layer: String
  ) throws -> CallArgument<TensorReference> {
    if let elements = value.array { return .list(try elements.map { try argument($0, layer) }) }
    if let history = value["config"]?["keras_history"] {
      return .tensor(try reference(history, layer))
    }
    return .plain(value)
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
