import JSON

/// What a layer is called with, once.
struct ScriptCall {
  /// The arguments that stand without a name.
  var positional: [ScriptArgument]
  /// The others, in the order in which they stand.
  var keywords: [(name: String, argument: ScriptArgument)] = []

  /// A call on one tensor, or on a list of them.
  init(_ inputs: [ScriptTensor]) {
    positional = inputs.isEmpty ? [] : [ScriptArgument(inputs)]
  }

  /// A call as the script writes it; `nil` where no tensor is given or something is not known.
  ///
  /// What a layer is told of training is left out: the model as a whole is told.
  init?(_ arguments: CallArguments) {
    positional = []
    for argument in arguments.positional {
      guard let known = ScriptArgument(argument.value) else { return nil }
      positional.append(known)
    }
    for argument in arguments.named where argument.name != "training" {
      guard let known = ScriptArgument(argument.value) else { return nil }
      if argument.name == "inputs", positional.isEmpty {
        positional = [known]
      } else {
        keywords.append((argument.name, known))
      }
    }
    if arguments.isOpen || positional.first?.tensors.isEmpty != false { return nil }
  }

  /// The tensors among the arguments.
  var inputs: [ScriptTensor] {
    positional.flatMap(\.tensors) + keywords.flatMap(\.argument.tensors)
  }

  /// The call as it would stand in a file.
  var document: JSONValue {
    var named = JSONObject()
    for keyword in keywords { named[keyword.name] = keyword.argument.document }
    return ["args": .array(positional.map(\.document)), "kwargs": .object(named)]
  }
}

/// One argument of a call of a layer.
indirect enum ScriptArgument {
  case tensor(ScriptTensor)
  case plain(JSONValue)
  case list([ScriptArgument])

  /// One tensor, or a list of several.
  init(_ tensors: [ScriptTensor]) {
    self = tensors.count == 1 ? .tensor(tensors[0]) : .list(tensors.map { .tensor($0) })
  }

  /// What a value is as an argument; `nil` where it is not known.
  init?(_ value: Value) {
    switch value {
    case .tensor(let tensor): self = .tensor(tensor)
    case .none: self = .plain(.null)
    case .bool(let flag): self = .plain(.bool(flag))
    case .int(let number): self = .plain(.int(number))
    case .double(let number): self = .plain(.double(number))
    case .string(let text): self = .plain(.string(text))
    case .list, .tuple:
      let elements = (value.elements ?? []).map { ScriptArgument($0) }
      guard elements.allSatisfy({ $0 != nil }) else { return nil }
      self = .list(elements.compactMap(\.self))
    default: return nil
    }
  }

  /// The tensors in it.
  var tensors: [ScriptTensor] {
    switch self {
    case .tensor(let tensor): [tensor]
    case .plain: []
    case .list(let elements): elements.flatMap(\.tensors)
    }
  }

  /// The argument as it would stand in a file.
  var document: JSONValue {
    switch self {
    case .tensor(let tensor):
      [
        "class_name": "__keras_tensor__", "config": ["keras_history": tensor.reference],
      ]
    case .plain(let value): value
    case .list(let elements): .array(elements.map(\.document))
    }
  }
}
