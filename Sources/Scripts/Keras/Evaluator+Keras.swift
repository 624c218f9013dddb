import JSON

/// Calls into Keras.
extension Evaluator {
  /// What a call of something of Keras comes to.
  func callKeras(_ name: String, _ arguments: CallArguments) throws -> Value {
    let last = lastPart(name)
    if Evaluator.precisionSetters.contains(last) {
      precision = arguments.positional.first?.value.string
      return .none
    }
    if name.hasPrefix("keras.datasets.") { return KerasDataSets.load(name, arguments, self) }
    if name.hasPrefix("keras.applications.") { return application(last, arguments) }
    if name.hasPrefix("keras.backend.") || name.hasPrefix("keras.ops.") {
      return backendCall(last, arguments)
    }
    switch last {
    case "Sequential": return makeSequential(arguments)
    case "Model": return makeFunctional(arguments)
    case "Input": return .tensor(makeInput(arguments).call([]))
    case "load_model", "model_from_json", "clone_model":
      let model = ScriptModel(isSequential: false, name: "model", site: arguments.expression)
      model.isUnknown = true
      models.append(model)
      return .model(model)
    case "to_categorical", "pad_sequences", "normalize":
      return try ArrayFunctions.call(name, arguments, self)
    case "image_data_format", "image_dim_ordering": return .string("channels_last")
    case "set_random_seed": return .none
    case "get": return arguments.positional.first?.value ?? .unknown
    case "KerasClassifier", "KerasRegressor": return wrapped(arguments)
    default: break
    }
    if let merged = mergeFunction(last, arguments) { return merged }
    if KerasNames.isLayer(last), !name.hasPrefix("keras.initializers"),
      !name.hasPrefix("keras.metrics")
    {
      return .layer(makeLayer(ofClass: last, arguments))
    }
    if let object = makeObject(name, arguments) {
      objects.append(object)
      return .object(object)
    }
    if name.hasPrefix("keras.activations."),
      let tensors = tensors(arguments.positional.first?.value)
    {
      let layer = makeLayer("Activation", nil, ["activation": .string(last)])
      return .tensor(layer.call(tensors))
    }
    if name.hasPrefix("keras.layers."), last.first?.isUppercase ?? false {
      let layer = makeLayer(ofClass: last, arguments)
      layer.isOpaque = true
      return .layer(layer)
    }
    return .unknown
  }

  // MARK: Models

  private func makeSequential(_ arguments: CallArguments) -> Value {
    let count = layerCounts["sequential", default: 0]
    layerCounts["sequential"] = count + 1
    let given = arguments.value(1, "name")?.string
    let model = ScriptModel(
      isSequential: true, name: given ?? (count == 0 ? "sequential" : "sequential_\(count)"),
      site: arguments.expression)
    models.append(model)
    if let layers = arguments.value(0, "layers"), !layers.isNone {
      if let elements = layers.elements {
        for element in elements { add(element, to: model) }
      } else {
        model.isUnknown = true
      }
    }
    if arguments.isOpen { model.isUnknown = true }
    return .model(model)
  }

  /// `model.add(layer)`.
  func add(_ value: Value, to model: ScriptModel) {
    switch value {
    case .layer(let layer): model.layers.append(layer)
    case .model(let inner): model.layers.append(asLayer(inner))
    case .tensor(let tensor) where tensor.layer.className == "InputLayer":
      model.layers.append(tensor.layer)
    default: model.isUnknown = true
    }
  }

  private func makeFunctional(_ arguments: CallArguments) -> Value {
    let count = layerCounts["functional", default: 0]
    layerCounts["functional"] = count + 1
    let model = ScriptModel(
      isSequential: false, name: count == 0 ? "functional" : "functional_\(count)",
      site: arguments.expression)
    models.append(model)
    let inputs = arguments.value(0, "inputs") ?? arguments.value("input")
    let outputs = arguments.value(1, "outputs") ?? arguments.value("output")
    if let first = tensors(inputs), let last = tensors(outputs) {
      (model.inputs, model.outputs) = (first, last)
    } else {
      model.isUnknown = true
    }
    return .model(model)
  }

  /// A model as a layer of another.
  func asLayer(_ model: ScriptModel) -> ScriptLayer {
    if let known = modelLayers[ObjectIdentifier(model)] { return known }
    let layer = ScriptLayer(
      model.isSequential ? "Sequential" : "Functional", name: model.name,
      configuration: ["name": .string(model.name)], site: nil)
    layer.model = model
    layer.isOpaque = model.isUnknown
    modelLayers[ObjectIdentifier(model)] = layer
    return layer
  }

  private func application(_ name: String, _ arguments: CallArguments) -> Value {
    guard name.first?.isUppercase ?? false else { return .unknown }
    let model = ScriptModel(
      isSequential: false, name: name.lowercased(), site: arguments.expression)
    (model.isUnknown, model.className) = (true, name)
    model.hasUnknownWeights = true
    return .model(model)
  }

  private func wrapped(_ arguments: CallArguments) -> Value {
    let builder = arguments.value(0, "build_fn") ?? arguments.value("model") ?? .unknown
    return .record(["downhill.builder": builder, "downhill.options": options(arguments)])
  }

  private func options(_ arguments: CallArguments) -> Value {
    let box = DictionaryBox(arguments.named.map { (.string($0.name), $0.value) })
    return .dictionary(box)
  }

  // MARK: Functions of tensors

  private func backendCall(_ name: String, _ arguments: CallArguments) -> Value {
    if name == "image_data_format" || name == "image_dim_ordering" {
      return .string("channels_last")
    }
    let inputs = allTensors(arguments)
    return inputs.isEmpty ? .unknown : operation(name, inputs)
  }

  private func allTensors(_ arguments: CallArguments) -> [ScriptTensor] {
    arguments.positional.compactMap { tensors($0.value) }.flatMap { $0 }
  }

  /// Calls that set the policy of element types, in the order of Keras' versions.
  private static let precisionSetters: Set<String> = [
    "set_floatx", "set_policy", "set_global_policy", "set_dtype_policy",
  ]

  /// A function of TensorFlow on tensors: an activation, or something that is no layer of Keras; `nil`
  /// where no tensor is among its arguments.
  func callTensorFlow(_ name: String, _ arguments: CallArguments) -> Value? {
    let inputs = allTensors(arguments)
    guard !inputs.isEmpty else { return nil }
    let last = lastPart(name)
    if Evaluator.activations.contains(last), inputs.count == 1 {
      return .tensor(makeLayer("Activation", nil, ["activation": .string(last)]).call(inputs))
    }
    return operation(last, inputs)
  }

  private static let activations: Set<String> = [
    "relu", "relu6", "sigmoid", "softmax", "tanh", "elu", "selu", "gelu", "softplus", "leaky_relu",
  ]

  /// The classes of Keras' operations on tensors, by the operators of Python.
  private static let arithmetic = [
    "Add": "Add", "Sub": "Subtract", "Mult": "Multiply", "Div": "TrueDivide", "Pow": "Power",
  ]

  /// `a + b` and the like of tensors and numbers; `nil` for others.
  func arithmetic(_ operation: String, _ left: Value, _ right: Value) -> Value? {
    guard let className = Evaluator.arithmetic[operation], let first = ScriptArgument(left),
      let second = ScriptArgument(right)
    else { return nil }
    let layer = makeLayer(className, nil, [:])
    layer.module = "keras.src.ops.numpy"
    var call = ScriptCall([])
    call.positional = [first, second]
    return .tensor(layer.call(call))
  }

  /// Something computed from tensors that is no layer of Keras.
  func operation(_ name: String, _ inputs: [ScriptTensor]) -> Value {
    let layer = makeLayer("Operation", nil, [:])
    layer.isOpaque = true
    return .tensor(layer.call(inputs))
  }

  private static let merges = [
    "concatenate": "Concatenate", "add": "Add", "multiply": "Multiply", "average": "Average",
    "maximum": "Maximum", "minimum": "Minimum", "subtract": "Subtract", "dot": "Dot",
  ]

  private func mergeFunction(_ name: String, _ arguments: CallArguments) -> Value? {
    let inputs = tensors(arguments.value(0, "inputs"))
    if name == "merge", let inputs {
      switch arguments.value("mode")?.string {
      case "concat"?: return .tensor(makeLayer("Concatenate", nil, ["axis": -1]).call(inputs))
      case "sum"?: return .tensor(makeLayer("Add", nil, [:]).call(inputs))
      case "mul"?: return .tensor(makeLayer("Multiply", nil, [:]).call(inputs))
      case "ave"?: return .tensor(makeLayer("Average", nil, [:]).call(inputs))
      default: return operation(name, inputs)
      }
    }
    guard let className = Evaluator.merges[name], let inputs else { return nil }
    var configuration = JSONObject()
    if className == "Concatenate" {
      configuration["axis"] = .int(arguments.value(1, "axis")?.int ?? -1)
    }
    return .tensor(makeLayer(className, nil, configuration).call(inputs))
  }
}
