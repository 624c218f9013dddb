import JSON

/// Calls.
extension Evaluator {
  /// What a call comes to.
  func call(
    _ expression: Expression, _ function: Expression, _ positional: [Expression],
    _ keywords: [Keyword]
  ) throws -> Value {
    let callee = try evaluate(function)
    var arguments = CallArguments(expression: expression)
    for argument in positional {
      if case .starred(let inner) = argument.form {
        if let values = try elements(of: try evaluate(inner)) {
          arguments.positional += values.map { ($0, inner) }
        } else {
          arguments.isOpen = true
        }
      } else {
        arguments.positional.append((try evaluate(argument), argument))
      }
    }
    for keyword in keywords {
      let value = try evaluate(keyword.value)
      if let name = keyword.name {
        arguments.named.append((name, value, keyword.value, keyword.span))
      } else if case .dictionary(let box) = value, box.isComplete {
        for (key, value) in box.members {
          guard let name = key.string else { continue }
          arguments.named.append((name, value, keyword.value, keyword.span))
        }
      } else {
        arguments.isOpen = true
      }
    }
    return try call(callee, arguments)
  }

  /// What a call of something known comes to.
  func call(_ callee: Value, _ arguments: CallArguments) throws -> Value {
    switch callee {
    case .library(let name):
      if name.hasPrefix("keras") { return try callKeras(name, arguments) }
      if name.hasPrefix("builtins.") {
        return try Builtins.call(String(name.dropFirst("builtins.".count)), arguments, self)
      }
      if name.hasPrefix("tensorflow."), let result = callTensorFlow(name, arguments) {
        return result
      }
      return try ArrayFunctions.call(name, arguments, self)
    case .function(let function): return try call(function, arguments)
    case .userClass(let type): return try instance(of: type, arguments)
    case .layer(let layer): return result(of: layer, arguments)
    case .model(let model): return result(of: asLayer(model), arguments)
    case .method(let object, let name): return try Methods.call(name, of: object, arguments, self)
    default: return .unknown
    }
  }

  /// What a layer gives. Arguments that are not known leave its inputs, and make it one that cannot be
  /// run.
  private func result(of layer: ScriptLayer, _ arguments: CallArguments) -> Value {
    if let call = ScriptCall(arguments) { return .tensor(layer.call(call)) }
    guard let inputs = tensors(arguments.positional.first?.value ?? arguments.value("inputs"))
    else {
      return .unknown
    }
    layer.isOpaque = true
    return .tensor(layer.call(inputs))
  }

  /// The tensors of an argument: one, or a list of them.
  func tensors(_ value: Value?) -> [ScriptTensor]? {
    switch value {
    case .tensor(let tensor): return [tensor]
    case .list, .tuple:
      var result: [ScriptTensor] = []
      for element in value?.elements ?? [] {
        guard case .tensor(let tensor) = element else { return nil }
        result.append(tensor)
      }
      return result.isEmpty ? nil : result
    default: return nil
    }
  }

  /// Calls a function of the script.
  func call(_ function: UserFunction, _ arguments: CallArguments) throws -> Value {
    let inner = Scope(parent: function.scope)
    let parameters = function.parameters
    var rest: [Value] = []
    for (index, argument) in arguments.positional.enumerated() {
      if index < parameters.names.count {
        inner.values[parameters.names[index]] = argument.value
      } else {
        rest.append(argument.value)
      }
    }
    if let name = parameters.rest { inner.values[name] = arguments.isOpen ? .unknown : .list(rest) }
    let others = DictionaryBox()
    for argument in arguments.named {
      if parameters.names.contains(argument.name) {
        inner.values[argument.name] = argument.value
      } else {
        others[.string(argument.name)] = argument.value
      }
    }
    if let name = parameters.keywords {
      others.isComplete = !arguments.isOpen
      inner.values[name] = .dictionary(others)
    }
    let outer = scope
    defer { scope = outer }
    for name in parameters.names where inner.values[name] == nil {
      scope = function.scope
      let standard = try parameters.defaults[name].map { try evaluate($0) }
      inner.values[name] = arguments.isOpen ? .unknown : standard ?? .unknown
    }
    scope = inner
    if let expression = function.expression { return try evaluate(expression) }
    guard try enter() else { return .unknown }
    defer { leave() }
    if case .returning(let value) = try run(function.body) { return value }
    return .none
  }

  /// An object of a class that the script defines.
  func instance(of type: UserClass, _ arguments: CallArguments) throws -> Value {
    if type.isModel { return try subclassedModel(of: type, arguments) }
    if type.isLayer {
      let layer = makeLayer(
        type.name, CallSite(expression: arguments.expression, arguments: []), [:])
      layer.isOpaque = true
      return .layer(layer)
    }
    let object = Value.instance(Instance(type))
    if let start = type.methods["__init__"] { _ = try call(start, arguments.of(object)) }
    return object
  }
}
