import JSON

/// Making layers and other objects of Keras from calls.
extension Evaluator {
  /// A layer of a class, with a name as Keras would give it.
  func makeLayer(
    _ className: String, _ site: CallSite?, _ configuration: JSONObject, name: String? = nil
  ) -> ScriptLayer {
    let base = className == "InputLayer" ? "input_layer" : KerasNames.layerName(className)
    let count = layerCounts[base, default: 0]
    if name == nil { layerCounts[base] = count + 1 }
    let given = name ?? (count == 0 ? base : "\(base)_\(count)")
    var configuration = configuration
    configuration["name"] = .string(given)
    if let precision, configuration["dtype"] == nil, className != "InputLayer" {
      configuration["dtype"] = Evaluator.policy(precision)
    }
    return ScriptLayer(className, name: given, configuration: configuration, site: site)
  }

  /// A policy of element types as it would stand in a file.
  private static func policy(_ name: String) -> JSONValue {
    [
      "module": "keras", "class_name": "DTypePolicy", "config": ["name": .string(name)],
      "registered_name": nil,
    ]
  }

  /// The layer that a call makes.
  func makeLayer(ofClass written: String, _ arguments: CallArguments) -> ScriptLayer {
    let className = LayerSignatures.oldNames[written] ?? written
    var call = arguments
    var configuration = JSONObject()
    unifyOldForms(written, className, &call, &configuration)
    var bound = call.bound(LayerSignatures.all[className] ?? []) {
      LayerSignatures.oldArgument($0, of: className) ?? $0
    }
    // Dropout's `keep_prob` was the share that is kept.
    bound = bound.map { argument in
      guard argument.written == "keep_prob", let kept = argument.value.double else {
        return argument
      }
      var changed = argument
      changed.value = .double(1 - kept)
      return changed
    }
    let site = CallSite(expression: arguments.expression, arguments: bound)
    var (isOpaque, hasUnknownWeights) = (arguments.isOpen, false)
    for argument in bound {
      switch argument.name {
      // The number of its words; that of any other layer is the shape of its input.
      case "input_dim" where ["Embedding", "ReversibleEmbedding"].contains(className): break
      case "name", "trainable", "input_shape", "input_dim", "batch_input_shape", "input_length",
        "batch_shape":
        continue
      case "dtype":
        if let text = argument.value.string, text.contains("float"), className != "InputLayer" {
          configuration["dtype"] = Evaluator.policy(text)
        }
        continue
      case "weights":
        hasUnknownWeights = !argument.value.isNone
        continue
      case "mode" where className == "BatchNormalization": continue
      default: break
      }
      if let value = KerasValues.document(argument.value, for: argument.name) {
        configuration[argument.name] = value
      } else if LayerSignatures.isFunction(argument.name) {
        configuration[argument.name] = KerasValues.opaqueFunction
      } else {
        isOpaque = true
      }
    }
    LayerSignatures.fillStandards(of: className, in: &configuration)
    let layer = makeLayer(className, site, configuration, name: site.value("name")?.string)
    layer.isOpaque = isOpaque
    layer.hasUnknownWeights = hasUnknownWeights
    if site.value("trainable")?.truth == false { layer.isTrainable = false }
    if let shape = inputShape(site, className) {
      layer.configuration[className == "InputLayer" ? "batch_shape" : "batch_input_shape"] = shape
    }
    return layer
  }

  /// Forms of older versions that differ in more than names.
  private func unifyOldForms(
    _ written: String, _ className: String, _ call: inout CallArguments,
    _ configuration: inout JSONObject
  ) {
    let numbers = call.positional.prefix { $0.value.int != nil }.count
    if ["Convolution2D", "Conv2D", "Convolution3D"].contains(written) {
      // Filters, then the extents of the kernel one by one.
      let extents = written == "Convolution3D" ? 3 : 2
      if written != "Conv2D", numbers == extents + 1 {
        let kernel = call.positional[1...extents]
        configuration["kernel_size"] = .array(kernel.map { .int($0.value.int ?? 1) })
        call.positional.removeSubrange(2...extents)
        call.positional[1].value = .tuple(kernel.map(\.value))
      }
      let named = call.named.filter { ["nb_row", "nb_col"].contains($0.name) }
      if named.count == 2 {
        configuration["kernel_size"] = .array(named.map { .int($0.value.int ?? 1) })
        call.named.removeAll { ["nb_row", "nb_col"].contains($0.name) }
      }
    }
    // Before version 0.3 a layer was told its input first: Dense(784, 128, init='uniform').
    if className == "Dense", numbers == 2 {
      configuration["batch_input_shape"] = [nil, .int(call.positional[0].value.int ?? 1)]
      call.positional.removeFirst()
    }
    // In version 1 the initializer came second.
    if className == "Dense", call.positional.count > 1,
      let text = call.positional[1].value.string,
      ["uniform", "normal", "glorot_uniform", "he_normal", "he_uniform", "zero", "lecun_uniform"]
        .contains(text)
    {
      let second = call.positional.remove(at: 1)
      call.named.append(
        ("kernel_initializer", second.value, second.expression, second.expression.span))
    }
  }

  /// The shape of the input that a layer is told, batch first.
  private func inputShape(_ site: CallSite, _ className: String) -> JSONValue? {
    func list(_ value: Value?) -> [JSONValue]? {
      if let number = value?.int { return [.int(number)] }
      return value?.elements?.map { $0.int.map { .int($0) } ?? .null }
    }
    if let shape = list(site.value("batch_input_shape") ?? site.value("batch_shape")) {
      return .array(shape)
    }
    if let shape = list(site.value("input_shape")) { return .array([.null] + shape) }
    if className == "InputLayer", let shape = list(site.value("shape")) {
      return .array([.null] + shape)
    }
    if className == "Embedding" {
      return list(site.value("input_length")).map { .array([.null] + $0) }
    }
    guard let dimension = site.value("input_dim")?.int else { return nil }
    if let length = site.value("input_length")?.int { return [nil, .int(length), .int(dimension)] }
    let takesSteps = ["LSTM", "GRU", "SimpleRNN", "Conv1D"].contains(className)
    return takesSteps ? [nil, nil, .int(dimension)] : [nil, .int(dimension)]
  }

  /// `Input(shape=…)`.
  func makeInput(_ arguments: CallArguments) -> ScriptLayer {
    let layer = makeLayer(ofClass: "InputLayer", arguments)
    layer.configuration["shape"] = nil
    if layer.configuration["batch_shape"] == nil { layer.configuration["batch_shape"] = [] }
    return layer
  }

  /// An optimizer, loss and the like.
  func makeObject(_ name: String, _ arguments: CallArguments) -> ScriptObject? {
    let last = lastPart(name)
    let parts = name.split(separator: ".").map(String.init)
    let family: String
    let className: String
    if let named = parts.dropLast().last.flatMap({ KerasSignatures.families[$0] }),
      named[last] != nil
    {
      (family, className) = (parts[parts.count - 2], last)
    } else if let maker = KerasNames.makers[last] {
      (family, className) = maker
    } else if let found = KerasNames.family(ofClass: last) {
      (family, className) = (found, last)
    } else if name.hasPrefix("keras.metrics.") || name.hasPrefix("keras.callbacks.")
      || name.hasPrefix("keras.losses.")
    {
      (family, className) = (parts[1], last)
    } else {
      return nil
    }
    let full = family == "schedules" ? "optimizers.schedules" : family
    let order = KerasSignatures.families[full]?[className] ?? []
    let bound = arguments.bound(order) { KerasNames.oldArgument($0, of: className, in: full) }
    let site = CallSite(expression: arguments.expression, arguments: bound)
    let object = ScriptObject(
      family: full, className: className, site: site, configuration: JSONObject())
    if full == "optimizers" {
      object.configuration["learning_rate"] = .double(KerasNames.standardRate(className))
    }
    if full == "regularizers", ["L1", "L2", "L1L2"].contains(className) {
      // Without an argument Keras takes 0.01 for one penalty, 0 for both.
      let standard = className == "L1L2" ? 0.0 : 0.01
      for key in order { object.configuration[key] = .double(standard) }
    }
    for argument in bound {
      if let value = KerasValues.document(argument.value, for: argument.name) {
        let isNumber = full == "optimizers" || full == "regularizers"
        object.configuration[argument.name] =
          isNumber ? value.double.map { .double($0) } ?? value : value
        if value.bool != nil { object.configuration[argument.name] = value }
      } else {
        object.configuration[argument.name] = nil
        object.unknownArguments.insert(argument.name)
      }
    }
    if arguments.isOpen { object.unknownArguments.formUnion(order) }
    return object
  }
}

extension LayerSignatures {
  /// What Keras takes for arguments that are not given, where rules or patches ask for them.
  static func fillStandards(of className: String, in configuration: inout JSONObject) {
    let names = all[className] ?? []
    let isRecurrent = ["LSTM", "GRU", "RNN"].contains { className.contains($0) }
    let standards: [(String, JSONValue)] = [
      ("activation", isRecurrent ? "tanh" : "linear"), ("recurrent_activation", "sigmoid"),
      ("use_bias", true), ("kernel_initializer", "glorot_uniform"),
      ("recurrent_initializer", "orthogonal"), ("bias_initializer", "zeros"),
      ("kernel_regularizer", .null),
    ]
    for (name, value) in standards where names.contains(name) && configuration[name] == nil {
      configuration[name] = value
    }
  }

  /// Whether an argument names a function, so that an unknown one is still an argument.
  static func isFunction(_ name: String) -> Bool {
    name == "activation" || name == "recurrent_activation" || name.hasSuffix("initializer")
      || name.hasSuffix("regularizer") || name.hasSuffix("constraint")
  }
}

extension KerasNames {
  /// The name of Keras 3 for an argument of an object.
  static func oldArgument(_ name: String, of className: String, in family: String) -> String {
    switch (family, name) {
    case ("optimizers", "lr"): "learning_rate"
    case ("callbacks", "epsilon") where className == "ReduceLROnPlateau": "min_delta"
    case ("constraints", "m"): "max_value"
    case ("regularizers", "l"): className == "L1" ? "l1" : "l2"
    case ("initializers", "scale") where className == "RandomNormal": "stddev"
    default: name
    }
  }
}
