import JSON

/// Models that a script defines as classes of their own.
extension Evaluator {
  /// An object of a class that inherits from `Model`: `__init__` makes the layers, `call` connects them.
  ///
  /// A class with a training step of its own stays unknown: what it minimises is not what `compile` is
  /// told.
  func subclassedModel(of type: UserClass, _ arguments: CallArguments) throws -> Value {
    let model = ScriptModel(
      isSequential: false, name: KerasNames.layerName(type.name), site: arguments.expression)
    (model.isUnknown, model.className, model.type) = (true, type.name, type)
    models.append(model)
    let object = Value.model(model)
    guard let start = type.methods["__init__"], let forward = type.methods["call"],
      type.methods["train_step"] == nil, forward.parameters.names.count > 1
    else { return object }
    _ = try call(start, arguments.of(object))
    let input = makeLayer("InputLayer", nil, ["batch_shape": []]).call([])
    var inner = CallArguments(expression: arguments.expression)
    inner.positional = [(object, arguments.expression), (.tensor(input), arguments.expression)]
    // What `fit` trains is the model as it is during training.
    if forward.parameters.names.contains("training") {
      inner.named.append(("training", .bool(true), arguments.expression, arguments.expression.span))
    }
    guard let outputs = tensors(try call(forward, inner)) else { return object }
    (model.inputs, model.outputs, model.isUnknown) = ([input], outputs, false)
    if let chain = Evaluator.chain(from: input, to: outputs) {
      (model.isSequential, model.layers) = (true, chain)
    }
    return object
  }

  /// The layers between two tensors, where each takes what the one before it gives.
  private static func chain(from input: ScriptTensor, to outputs: [ScriptTensor]) -> [ScriptLayer]?
  {
    guard outputs.count == 1, var tensor = outputs.first else { return nil }
    var layers: [ScriptLayer] = []
    while tensor.layer !== input.layer {
      guard tensor.layer.calls.count == 1, let inputs = tensor.layer.calls.first?.inputs,
        inputs.count == 1
      else { return nil }
      layers.append(tensor.layer)
      tensor = inputs[0]
    }
    return layers.isEmpty ? nil : layers.reversed()
  }

  /// The optimizer and the loss of a training loop that the script writes itself, as `compile` would take
  /// them: the only ones that it makes.
  var ownLoop: CallSite? {
    guard importedModules.contains(where: { $0.hasPrefix("tensorflow") || $0.hasPrefix("keras") }),
      let optimizer = only("optimizers"), let loss = only("losses"), let site = optimizer.site
    else { return nil }
    return CallSite(
      expression: site.expression,
      arguments: [
        Argument(name: "optimizer", value: .object(optimizer)),
        Argument(name: "loss", value: .object(loss)),
      ])
  }

  private func only(_ family: String) -> ScriptObject? {
    let found = objects.filter { $0.family == family }
    return found.count == 1 ? found[0] : nil
  }
}
