import JSON

/// `object.name`, read and set.
enum Attributes {
  /// What a part of an object is.
  static func value(_ name: String, of object: Value, evaluator: Evaluator) -> Value {
    switch object {
    case .library(let module): return ofLibrary(name, module)
    case .array(let box): return ofArray(name, box.array) ?? .method(object, name)
    case .record(let parts): return parts[name] ?? .method(object, name)
    case .instance(let instance):
      if let part = instance.parts[name] { return part }
      return instance.type.methods[name] == nil ? .unknown : .method(object, name)
    case .layer(let layer): return ofLayer(name, layer, object)
    case .model(let model): return ofModel(name, model, object, evaluator)
    case .tensor: return name == "shape" ? .unknown : .method(object, name)
    case .list, .dictionary, .string, .transformer, .generator, .tuple, .object:
      return .method(object, name)
    default: return .unknown
    }
  }

  private static func ofLibrary(_ name: String, _ module: String) -> Value {
    let full = Libraries.canonical(module + "." + name)
    switch full {
    case "numpy.pi", "math.pi": return .double(.pi)
    case "numpy.e", "math.e": return .double(Mathematics.exponential(1))
    case "numpy.nan", "numpy.NaN", "numpy.NAN", "math.nan": return .double(.nan)
    case "numpy.inf", "numpy.Inf", "math.inf": return .double(.infinity)
    case "numpy.newaxis": return .none
    default: return .library(full)
    }
  }

  private static func ofArray(_ name: String, _ array: NDArray) -> Value? {
    switch name {
    case "shape":
      var extents = array.fullShape.map { Value.int($0) }
      if array.unknown.contains("rows"), !extents.isEmpty { extents[0] = .unknown }
      return .tuple(extents)
    case "ndim": return .int(array.shape.count)
    case "size":
      return array.unknown.contains("rows") ? .unknown : .int(array.fullShape.reduce(1, *))
    case "T": return array.transposed().map { .array($0) } ?? .unknown
    case "dtype": return .library("numpy." + array.dtype)
    case "values": return .array(array)
    default: return nil
    }
  }

  private static func ofLayer(_ name: String, _ layer: ScriptLayer, _ object: Value) -> Value {
    switch name {
    case "output":
      return layer.calls.isEmpty ? .unknown : .tensor(ScriptTensor(layer: layer, call: 0))
    case "name": return .string(layer.name)
    case "trainable": return .bool(layer.isTrainable)
    case "units": return layer.configuration["units"]?.int.map { .int($0) } ?? .unknown
    case "layers":
      guard let model = layer.model, !model.isUnknown else { return .unknown }
      return .list(model.layers.map { .layer($0) })
    case "weights", "kernel", "bias", "input", "output_shape", "input_shape": return .unknown
    default: return .method(object, name)
    }
  }

  private static func ofModel(
    _ name: String, _ model: ScriptModel, _ object: Value, _ evaluator: Evaluator
  ) -> Value {
    if let part = model.parts[name] { return part }
    switch name {
    case "layers":
      if model.isUnknown { return .unknown }
      return .list(ModelLayers.inOrder(model).map { .layer($0) })
    case "output", "outputs":
      if model.isSequential || model.isUnknown {
        return .tensor(evaluator.asLayer(model).call([]))
      }
      return model.outputs.count == 1
        ? .tensor(model.outputs[0]) : .list(model.outputs.map { .tensor($0) })
    case "input", "inputs":
      guard model.inputs.isEmpty else {
        return model.inputs.count == 1
          ? .tensor(model.inputs[0]) : .list(model.inputs.map { .tensor($0) })
      }
      let input = evaluator.makeLayer("InputLayer", nil, ["batch_shape": []])
      model.inputs = [input.call([])]
      return .tensor(model.inputs[0])
    case "name": return .string(model.name)
    case "optimizer":
      return model.compilation?.value("optimizer") ?? .unknown
    case "input_shape", "output_shape", "weights": return .unknown
    default: return .method(object, name)
    }
  }

  /// Sets a part of an object.
  static func set(
    _ name: String, of object: Value, to value: Value, evaluator: Evaluator
  ) {
    switch object {
    case .instance(let instance): instance.parts[name] = value
    case .layer(let layer):
      switch name {
      case "trainable":
        if let flag = value.truth {
          layer.isTrainable = flag
          for inner in layer.model.map(ModelLayers.inOrder) ?? [] { inner.isTrainable = flag }
        }
      case "activation":
        layer.configuration["activation"] = KerasValues.document(value, for: "activation")
      case "kernel_regularizer", "bias_regularizer":
        layer.configuration[name] = KerasValues.document(value, for: name)
      default: break
      }
    case .model(let model):
      if name == "trainable", let flag = value.truth {
        for layer in ModelLayers.inOrder(model) { layer.isTrainable = flag }
      } else if model.type != nil {
        model.parts[name] = value
      }
    case .object(let target):
      let key = name == "lr" ? "learning_rate" : name
      if target.configuration[key] != nil, let number = value.double {
        target.configuration[key] = .double(number)
      }
    case .array(let box):
      if name == "shape", let shape = value.elements?.map(\.int), !shape.contains(nil),
        let result = box.array.reshaped(shape.compactMap { $0 })
      {
        box.array = result
      }
    default: break
    }
  }
}

/// The layers of a model.
enum ModelLayers {
  /// In the order of `model.layers`.
  static func inOrder(_ model: ScriptModel) -> [ScriptLayer] {
    guard !model.isSequential else { return model.layers }
    var (seen, result) = (Set<ObjectIdentifier>(), [ScriptLayer]())
    func visit(_ tensor: ScriptTensor) {
      let id = ObjectIdentifier(tensor.layer)
      guard !seen.contains(id), seen.count < limit else { return }
      seen.insert(id)
      if !model.inputs.contains(where: { $0.layer === tensor.layer }),
        tensor.layer.calls.indices.contains(tensor.call)
      {
        for call in tensor.layer.calls { for input in call.inputs { visit(input) } }
      }
      result.append(tensor.layer)
    }
    for tensor in model.outputs { visit(tensor) }
    for tensor in model.inputs where !seen.contains(ObjectIdentifier(tensor.layer)) {
      result.insert(tensor.layer, at: 0)
    }
    return result
  }

  /// More layers than any model that a script writes out.
  private static let limit = 2000
}
