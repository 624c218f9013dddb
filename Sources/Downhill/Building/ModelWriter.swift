import JSON
import Networks

/// Writes models that were put together in Swift as Keras' configuration.
struct ModelWriter {
  private var names: [ObjectIdentifier: String] = [:]
  private var counts: [String: Int] = [:]

  /// The name of a layer: its own, or the class in snake case with a count from the second on.
  private mutating func name(_ layer: LayerEntry) -> String {
    let key = ObjectIdentifier(layer.identity)
    if let known = names[key] { return known }
    var name = layer.arguments["name"]?.string ?? ""
    if name.isEmpty {
      let kind = snakeCase(layer.className)
      let count = counts[kind, default: 0]
      counts[kind] = count + 1
      name = count == 0 ? kind : "\(kind)_\(count)"
    }
    names[key] = name
    return name
  }

  private mutating func entry(_ layer: LayerEntry) -> JSONValue {
    [
      "module": "keras.layers", "class_name": .string(layer.className),
      "config": .object(layer.arguments.adding(["name": .string(name(layer))])),
      "registered_name": nil,
    ]
  }

  /// The configuration of a stack of layers.
  static func sequential(_ layers: [LayerEntry], input: [Int], name: String) -> JSONValue {
    var writer = ModelWriter()
    var arguments: JSONObject = ["batch_shape": .array([.null] + input.map { .int($0) })]
    if ["TextVectorization", "StringLookup"].contains(layers.first?.className) {
      arguments["dtype"] = "string"
    }
    let first = LayerEntry("InputLayer", arguments)
    let entries = ([first] + layers).map { writer.entry($0) }
    return [
      "module": "keras", "class_name": "Sequential",
      "config": ["name": .string(name), "layers": .array(entries)], "registered_name": nil,
    ]
  }

  /// The configuration of a graph of layers.
  static func functional(inputs: [Symbol], outputs: [Symbol], name: String) -> JSONValue {
    var writer = ModelWriter()
    var order: [(layer: LayerEntry, nodes: [JSONValue])] = []
    var places: [ObjectIdentifier: Int] = [:]
    var calls: [ObjectIdentifier: (name: String, call: Int)] = [:]
    /// Adds a symbol behind all that it is made of.
    func visit(_ symbol: Symbol) {
      guard calls[ObjectIdentifier(symbol)] == nil else { return }
      for input in symbol.inputs { visit(input) }
      let key = ObjectIdentifier(symbol.layer.identity)
      let place = places[key] ?? order.count
      if place == order.count {
        places[key] = place
        order.append((symbol.layer, []))
      }
      calls[ObjectIdentifier(symbol)] = (writer.name(symbol.layer), order[place].nodes.count)
      if symbol.inputs.isEmpty { return }
      let tensors = symbol.inputs.map { input -> JSONValue in
        ["class_name": "__keras_tensor__", "config": ["keras_history": history(input)]]
      }
      order[place].nodes.append(
        ["args": [symbol.takesList ? .array(tensors) : tensors[0]], "kwargs": [:]])
    }
    func history(_ symbol: Symbol) -> JSONValue {
      let call = calls[ObjectIdentifier(symbol)] ?? ("", 0)
      return [.string(call.name), .int(call.call), 0]
    }
    for symbol in inputs + outputs { visit(symbol) }
    let entries = order.map { layer, nodes -> JSONValue in
      var entry = writer.entry(layer)
      entry["name"] = .string(writer.name(layer))
      entry["inbound_nodes"] = .array(nodes)
      return entry
    }
    return [
      "module": "keras.src.models.functional", "class_name": "Functional",
      "config": [
        "name": .string(name), "layers": .array(entries),
        "input_layers": .array(inputs.map(history)), "output_layers": .array(outputs.map(history)),
      ], "registered_name": "Functional",
    ]
  }
}
