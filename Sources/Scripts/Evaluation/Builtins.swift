/// The functions that Python has without an import.
enum Builtins {
  /// Their names.
  static let names: Set<String> = [
    "range", "len", "int", "float", "str", "bool", "list", "tuple", "dict", "set", "min", "max",
    "sum", "abs", "round", "enumerate", "zip", "sorted", "reversed", "print", "map", "filter",
    "open", "isinstance", "type", "input", "super", "object", "any", "all", "exit", "next", "iter",
    "getattr", "setattr", "hasattr", "slice", "Exception", "ValueError", "ImportError",
  ]

  /// Calls one.
  static func call(
    _ name: String, _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    let values = arguments.positional.map(\.value)
    guard let first = values.first else {
      switch name {
      case "list": return .list([])
      case "tuple": return .tuple([])
      case "dict":
        let box = DictionaryBox(arguments.named.map { (.string($0.name), $0.value) })
        box.isComplete = !arguments.isOpen
        return .dictionary(box)
      default: return name == "print" ? .none : .unknown
      }
    }
    switch name {
    case "range":
      let numbers = values.compactMap(\.int)
      guard numbers.count == values.count else { return .unknown }
      switch numbers.count {
      case 1: return .range(0, numbers[0], 1)
      case 2: return .range(numbers[0], numbers[1], 1)
      case 3 where numbers[2] != 0: return .range(numbers[0], numbers[1], numbers[2])
      default: return .unknown
      }
    case "len": return length(first)
    case "int":
      guard let number = first.double, abs(number) < 0x1p62 else { return .unknown }
      return .int(Int(number))
    case "float": return first.double.map { .double($0) } ?? .unknown
    case "bool": return first.truth.map { .bool($0) } ?? .unknown
    case "str":
      if let number = first.int, first.array == nil { return .string("\(number)") }
      return first.string.map { .string($0) } ?? .unknown
    case "list", "sorted", "reversed", "tuple":
      guard var elements = try evaluator.elements(of: first) else {
        if case .array = first { return first }
        return .unknown
      }
      if name == "reversed" { elements.reverse() }
      if name == "sorted" {
        guard elements.allSatisfy({ $0.double != nil }) else { return .unknown }
        elements.sort { ($0.double ?? 0) < ($1.double ?? 0) }
      }
      return name == "tuple" ? .tuple(elements) : .list(elements)
    case "set":
      return first.array == nil
        ? .unknown
        : try ArrayFunctions.call("numpy.unique", arguments, evaluator)
    case "dict": return first
    case "min", "max", "sum", "abs", "round": return try number(name, values, arguments, evaluator)
    case "enumerate":
      guard let elements = try evaluator.elements(of: first) else { return .unknown }
      let start = arguments.value(1, "start")?.int ?? 0
      return .list(elements.enumerated().map { .tuple([.int($0.offset &+ start), $0.element]) })
    case "zip":
      let lists = try values.map { try evaluator.elements(of: $0) }
      guard !lists.contains(where: { $0 == nil }) else { return .unknown }
      let known = lists.compactMap { $0 }
      let count = known.map(\.count).min() ?? 0
      return .list((0..<count).map { index in .tuple(known.map { $0[index] }) })
    case "map":
      guard values.count == 2, let elements = try evaluator.elements(of: values[1]) else {
        return .unknown
      }
      return .list(
        try elements.map { element in
          var inner = CallArguments(expression: arguments.expression)
          inner.positional = [(element, arguments.expression)]
          return try evaluator.call(first, inner)
        })
    case "print": return .none
    case "super": return .unknown
    default: return .unknown
    }
  }

  private static func length(_ value: Value) -> Value {
    switch value {
    case .array(let box):
      guard let rows = box.array.fullShape.first, !box.array.unknown.contains("rows") else {
        return .unknown
      }
      return .int(rows)
    case .string(let text): return .int(text.unicodeScalars.count)
    case .dictionary(let box): return box.isComplete ? .int(box.members.count) : .unknown
    case .model(let model): return model.isUnknown ? .unknown : .int(model.layers.count)
    case .range(let start, let end, let step):
      return Value.numbers(start, end, step).map { .int($0.count) } ?? .unknown
    default: return value.elements.map { .int($0.count) } ?? .unknown
    }
  }

  private static func number(
    _ name: String, _ values: [Value], _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    if name == "abs" || name == "round" || values.count == 1 && values[0].array != nil {
      let function = name == "abs" ? "numpy.abs" : "numpy.\(name)"
      if values[0].array != nil { return try ArrayFunctions.call(function, arguments, evaluator) }
    }
    switch name {
    case "abs":
      if let number = values[0].int, number != .min { return .int(abs(number)) }
      return values[0].double.map { .double(abs($0)) } ?? .unknown
    case "round":
      guard let number = values[0].double, values.count == 1, abs(number) < 0x1p62 else {
        return .unknown
      }
      return .int(Int(number.rounded(.toNearestOrEven)))
    default: break
    }
    guard let items = values.count == 1 ? try evaluator.elements(of: values[0]) : values else {
      return .unknown
    }
    if name == "sum" {
      var total = Value.int(0)
      for item in items { total = Operators.apply("Add", total, item, evaluator: evaluator) }
      return total
    }
    var best = items.first ?? .unknown
    for item in items.dropFirst() {
      guard let isBetter = Operators.compare(name == "min" ? "Lt" : "Gt", item, best).truth else {
        return .unknown
      }
      if isBetter { best = item }
    }
    return best.double == nil ? .unknown : best
  }
}
