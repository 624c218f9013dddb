import JSON

/// `object.name(…)`.
enum Methods {
  /// Calls one.
  static func call(
    _ name: String, of object: Value, _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    switch object {
    case .model(let model):
      if let function = model.type?.methods[name] {
        return try evaluator.call(function, arguments.of(object))
      }
      return ofModel(name, model, arguments, evaluator)
    case .layer(let layer): return ofLayer(name, layer, arguments, evaluator)
    case .list(let box): return ofList(name, box, arguments, evaluator)
    case .dictionary(let box): return ofDictionary(name, box, arguments)
    case .string(let text): return ofText(name, text)
    case .array(let box): return try ArrayMethods.call(name, box, arguments, evaluator)
    case .transformer(let transformer): return transformer.call(name, arguments)
    case .instance(let instance):
      guard let function = instance.type.methods[name] else { return .unknown }
      return try evaluator.call(function, arguments.of(object))
    case .generator: return try ArrayFunctions.call("generator." + name, arguments, evaluator)
    case .record(let parts): return try ofRecord(name, parts, arguments, evaluator)
    default: return .unknown
    }
  }

  private static func ofLayer(
    _ name: String, _ layer: ScriptLayer, _ arguments: CallArguments, _ evaluator: Evaluator
  ) -> Value {
    switch name {
    case "set_weights", "adapt":
      layer.hasUnknownWeights = true
      if name == "set_weights" { evaluator.weightCalls.append(arguments.expression.span) }
      return .none
    case "build": return .none
    default: return .unknown
    }
  }

  private static func ofModel(
    _ name: String, _ model: ScriptModel, _ arguments: CallArguments, _ evaluator: Evaluator
  ) -> Value {
    switch name {
    case "add":
      evaluator.add(arguments.value(0, "layer") ?? .unknown, to: model)
      return .none
    case "pop":
      if model.layers.isEmpty { model.isUnknown = true } else { model.layers.removeLast() }
      return .none
    case "compile":
      model.compilation = CompileReading.site(arguments, evaluator)
      return .none
    case "fit", "fit_generator", "train_on_batch":
      evaluator.fit(name, model, arguments)
      return .record([:])
    case "get_layer":
      if model.isUnknown { return .unknown }
      let layers = ModelLayers.inOrder(model)
      if let wanted = arguments.value(0, "name")?.string {
        return layers.first { $0.name == wanted }.map { .layer($0) } ?? .unknown
      }
      if let index = arguments.value(1, "index")?.int, layers.indices.contains(index) {
        return .layer(layers[index])
      }
      return .unknown
    case "set_weights", "load_weights":
      model.hasUnknownWeights = true
      evaluator.weightCalls.append(arguments.expression.span)
      return .none
    default: return .unknown
    }
  }

  private static func ofList(
    _ name: String, _ box: ListBox, _ arguments: CallArguments, _ evaluator: Evaluator
  ) -> Value {
    let first = arguments.positional.first?.value ?? .unknown
    switch name {
    case "append": box.elements.append(first)
    case "extend":
      if let others = first.elements { box.elements += others } else { return .unknown }
    case "insert":
      let place = min(max(first.int ?? 0, 0), box.elements.count)
      box.elements.insert(arguments.positional.last?.value ?? .unknown, at: place)
    case "pop":
      guard let place = Indexing.place(arguments.value(0, "index")?.int ?? -1, box.elements.count)
      else { return .unknown }
      return box.elements.remove(at: place)
    case "reverse": box.elements.reverse()
    case "copy": return .list(box.elements)
    default: return .unknown
    }
    return .none
  }

  private static func ofDictionary(
    _ name: String, _ box: DictionaryBox, _ arguments: CallArguments
  ) -> Value {
    switch name {
    case "items":
      return box.isComplete ? .list(box.members.map { .tuple([$0.key, $0.value]) }) : .unknown
    case "keys": return box.isComplete ? .list(box.members.map(\.key)) : .unknown
    case "values": return box.isComplete ? .list(box.members.map(\.value)) : .unknown
    case "get":
      guard let key = arguments.positional.first?.value else { return .unknown }
      return box[key] ?? (box.isComplete ? arguments.value(1, "default") ?? .none : .unknown)
    default: return .unknown
    }
  }

  private static func ofText(_ name: String, _ text: String) -> Value {
    switch name {
    case "lower": .string(text.lowercased())
    case "upper": .string(text.uppercased())
    default: .unknown
    }
  }

  private static func ofRecord(
    _ name: String, _ parts: [String: Value], _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    // A Keras model within a wrapper of scikit-learn: its function makes the model.
    guard name == "fit", let builder = parts["downhill.builder"] else { return .unknown }
    return try evaluator.fitWrapped(builder, parts["downhill.options"] ?? .none, arguments)
  }
}
