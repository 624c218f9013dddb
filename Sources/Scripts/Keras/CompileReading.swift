import JSON

/// The arguments of `compile` and `fit`.
enum CompileReading {
  /// The call of `compile`, its arguments with names.
  static func site(_ arguments: CallArguments, _ evaluator: Evaluator) -> CallSite {
    // The third was the metrics before Keras 3, and the weights of losses since.
    let third = arguments.positional.count > 2 ? arguments.positional[2].value : .none
    let isMetrics = third.elements?.contains { $0.string != nil || $0.double == nil } ?? false
    let order =
      isMetrics
      ? ["optimizer", "loss", "metrics", "loss_weights"]
      : ["optimizer", "loss", "loss_weights", "metrics"]
    return CallSite(expression: arguments.expression, arguments: arguments.bound(order))
  }

  /// The arguments as they would stand in a file; `nil` where optimizer or loss are not known.
  static func document(_ site: CallSite) -> JSONValue? {
    let optimizer = self.optimizer(site.value("optimizer"))
    let loss = self.loss(site.value("loss"))
    guard let optimizer, let loss else { return nil }
    let metrics = site.value("metrics").flatMap(self.metrics) ?? .null
    return [
      "optimizer": optimizer, "loss": loss, "loss_weights": nil, "metrics": metrics,
      "weighted_metrics": nil, "run_eagerly": false, "steps_per_execution": 1,
      "jit_compile": false,
    ]
  }

  private static func optimizer(_ value: Value?) -> JSONValue? {
    switch value {
    case nil: return standardOptimizer("RMSprop")
    case .string(let text): return KerasNames.optimizer(named: text).map(standardOptimizer)
    case .object(let object) where object.family == "optimizers":
      return object.document
    case .library(let name):
      // The class itself, not an object of it.
      return KerasNames.optimizer(named: lastPart(name)).map(standardOptimizer)
    default: return nil
    }
  }

  private static func standardOptimizer(_ className: String) -> JSONValue {
    [
      "module": "keras.optimizers", "class_name": .string(className),
      "config": ["learning_rate": .double(KerasNames.standardRate(className))],
      "registered_name": nil,
    ]
  }

  private static func loss(_ value: Value?, depth: Int = 0) -> JSONValue? {
    guard depth < 4 else { return nil }
    switch value {
    case .string(let text): return .string(text)
    case .object(let object) where object.family == "losses":
      return object.unknownArguments.contains("from_logits") ? nil : object.document
    case .library(let name):
      let last = lastPart(name)
      if KerasNames.lossFunctions.contains(last) { return .string(last) }
      if KerasSignatures.families["losses"]?[last] != nil {
        return ["module": "keras.losses", "class_name": .string(last), "config": [:]]
      }
      return custom(last)
    case .function(let function): return custom(function.name)
    case .list, .tuple:
      let items = (value?.elements ?? []).map { loss($0, depth: depth + 1) }
      return items.contains { $0 == nil } ? nil : .array(items.compactMap { $0 })
    case .dictionary(let box) where box.isComplete:
      var object = JSONObject()
      for (key, value) in box.members {
        guard let name = key.string, let document = loss(value, depth: depth + 1) else {
          return nil
        }
        object[name] = document
      }
      return .object(object)
    default: return nil
    }
  }

  /// A loss that the script defines: what it computes is not known.
  private static func custom(_ name: String) -> JSONValue {
    [
      "module": "builtins", "class_name": "function", "config": .string("\(name) (custom)"),
      "registered_name": "function",
    ]
  }

  private static func metrics(_ value: Value) -> JSONValue? {
    if let text = value.string { return [.string(text)] }
    guard let elements = value.elements else { return nil }
    return .array(
      elements.map { element in
        switch element {
        case .string(let text): return .string(text)
        case .object(let object): return object.document
        case .library(let name): return .string(KerasNames.layerName(lastPart(name)))
        case .function(let function): return .string("\(function.name) (custom)")
        default: return "custom"
        }
      })
  }
}
