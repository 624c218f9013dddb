/// The arguments of a call, evaluated.
struct CallArguments {
  /// The call.
  let expression: Expression
  /// Those by position.
  var positional: [(value: Value, expression: Expression)] = []
  /// Those by name.
  var named: [(name: String, value: Value, expression: Expression, span: Span)] = []
  /// Whether there are others of which nothing is known.
  var isOpen = false

  /// The value of an argument by its place or its name.
  func value(_ place: Int, _ name: String) -> Value? {
    if let found = named.last(where: { $0.name == name }) { return found.value }
    return positional.indices.contains(place) ? positional[place].value : nil
  }

  /// The same arguments with an object before them.
  func of(_ object: Value) -> CallArguments {
    var result = self
    result.positional.insert((object, expression), at: 0)
    return result
  }

  /// The value of an argument that has a name only.
  func value(_ name: String) -> Value? { named.last { $0.name == name }?.value }

  /// The arguments with names of Keras 3: those by position by their order, those by name renamed.
  func bound(_ order: [String], _ renamed: (String) -> String = { $0 }) -> [Argument] {
    var result: [Argument] = []
    for (index, argument) in positional.enumerated() where index < order.count {
      result.append(
        Argument(
          name: order[index], value: argument.value, expression: argument.expression, written: nil,
          span: argument.expression.span))
    }
    for argument in named {
      result.append(
        Argument(
          name: renamed(argument.name), value: argument.value, expression: argument.expression,
          written: argument.name, span: argument.span))
    }
    return result
  }
}
