import JSON

/// Calls of `fit`.
extension Evaluator {
  private static let order = [
    "x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split",
    "validation_data", "shuffle", "class_weight", "sample_weight", "initial_epoch",
    "steps_per_epoch", "validation_steps",
  ]
  private static let generatorOrder = ["x", "steps_per_epoch", "epochs", "verbose", "callbacks"]
  private static let oldNames = [
    "nb_epoch": "epochs", "nb_batch": "batch_size", "generator": "x",
    "samples_per_epoch": "steps_per_epoch",
  ]

  /// Notes a call of `fit` with things as they stand.
  ///
  /// - Parameter hidesTargets: whether what reaches the model are not the targets of the call.
  func fit(
    _ function: String, _ model: ScriptModel, _ arguments: CallArguments,
    hidesTargets: Bool = false
  ) {
    guard function != "train_on_batch" else { return }
    let order = function == "fit" ? Evaluator.order : Evaluator.generatorOrder
    let site = CallSite(
      expression: arguments.expression,
      arguments: arguments.bound(order) { Evaluator.oldNames[$0] ?? $0 })
    fits.append(
      FitCall(
        model: model, compilation: model.compilation, site: site,
        x: Evaluator.copied(site.value("x") ?? .unknown),
        y: hidesTargets ? .unknown : Evaluator.copied(site.value("y") ?? .unknown),
        validation: Evaluator.copied(site.value("validation_data") ?? .none), function: function))
  }

  /// `KerasClassifier(build_fn=…).fit(x, y)`.
  func fitWrapped(
    _ builder: Value, _ options: Value, _ arguments: CallArguments
  ) throws -> Value {
    let inner = CallArguments(expression: arguments.expression)
    guard case .model(let model) = try call(builder, inner) else { return .unknown }
    var call = arguments
    if case .dictionary(let box) = options {
      for (key, value) in box.members where call.value(key.string ?? "") == nil {
        guard let name = key.string, Evaluator.order.contains(Evaluator.oldNames[name] ?? name)
        else { continue }
        call.named.append((name, value, arguments.expression, arguments.expression.span))
      }
    }
    // The wrapper itself makes one-hot rows of class numbers where the loss asks for them.
    let loss = model.compilation.flatMap(CompileReading.document)?["loss"]
    let name = loss?.string ?? loss?["class_name"]?.string ?? ""
    fit("fit", model, call, hidesTargets: name.lowercased().hasPrefix("categorical"))
    return .record([:])
  }

  private static func copied(_ value: Value, depth: Int = 0) -> Value {
    guard depth < 4 else { return .unknown }
    switch value {
    case .array(let box): return .array(ArrayBox(box.array))
    case .tuple(let elements): return .tuple(elements.map { copied($0, depth: depth + 1) })
    case .list(let box): return .list(box.elements.map { copied($0, depth: depth + 1) })
    default: return value
    }
  }

  /// Where a script only defines how its model is made, that is followed without being called.
  func followUncalledFunctions() {
    guard fits.isEmpty else { return }
    // Parameters without a value are unknown.
    let arguments = CallArguments(
      expression: Expression(.other, at: Span(line: 0, column: 0, endLine: 0, endColumn: 0)))
    for value in globals.values.sorted(by: { $0.key < $1.key }).map(\.value) {
      switch value {
      case .function(let function) where matters(function):
        _ = try? call(function, arguments)
      case .userClass(let type) where !type.isModel && !type.isLayer:
        let methods = type.methods.sorted { $0.key < $1.key }.map(\.value)
        guard methods.contains(where: matters) else { continue }
        guard let object = try? instance(of: type, arguments) else { continue }
        for method in methods where fits.isEmpty && matters(method) {
          _ = try? call(method, arguments.of(object))
        }
      default: continue
      }
      if !fits.isEmpty { return }
    }
  }
}

extension Evaluator {
  /// Whether following a function may tell of a model that is trained.
  private func matters(_ function: UserFunction) -> Bool {
    if Reach.trains(function.body) { return true }
    return !models.contains { $0.compilation != nil } && Reach.buildsModel(function.body)
  }
}

extension Reach {
  /// Whether a body gives back what a call of `Sequential` or `Model` makes.
  static func buildsModel(_ body: [Statement]) -> Bool {
    body.contains { statement in
      guard case .assignment(_, let value) = statement.form,
        case .call(let function, _, _) = value.form
      else { return false }
      switch function.form {
      case .name(let name), .attribute(_, let name): return KerasNames.isModel(name)
      default: return false
      }
    }
  }
}
