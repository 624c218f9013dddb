/// The operators of Python, on what is known.
enum Operators {
  /// `left operation right`.
  static func apply(
    _ operation: String, _ left: Value, _ right: Value, evaluator: Evaluator
  ) -> Value {
    let inputs = tensors(left) + tensors(right)
    if !inputs.isEmpty {
      return evaluator.arithmetic(operation, left, right) ?? evaluator.operation(operation, inputs)
    }
    if let result = ofSequences(operation, left, right) { return result }
    if let first = ArrayConversion.array(left), let second = ArrayConversion.array(right),
      left.array != nil || right.array != nil
    {
      return arrays(operation, first, second).map { .array($0) } ?? .unknown
    }
    if let first = left.int, let second = right.int { return whole(operation, first, second) }
    guard let first = left.double, let second = right.double,
      let result = number(operation, first, second)
    else { return .unknown }
    return .double(result)
  }

  private static func tensors(_ value: Value) -> [ScriptTensor] {
    if case .tensor(let tensor) = value { return [tensor] }
    return []
  }

  private static func ofSequences(_ operation: String, _ left: Value, _ right: Value) -> Value? {
    switch (operation, left, right) {
    case ("Add", .string(let first), .string(let second)): return .string(first + second)
    case ("Mod", .string, _): return .unknown
    case ("Add", .list(let first), .list(let second)):
      return .list(first.elements + second.elements)
    case ("Add", .tuple(let first), .tuple(let second)): return .tuple(first + second)
    case ("Mult", .list(let items), .int(let count)), ("Mult", .int(let count), .list(let items)):
      guard count <= 100_000, count * items.elements.count <= 100_000 else { return .unknown }
      return .list((0..<max(0, count)).flatMap { _ in items.elements })
    case ("Mult", .tuple(let items), .int(let count)):
      guard count <= 100_000, count * items.count <= 100_000 else { return .unknown }
      return .tuple((0..<max(0, count)).flatMap { _ in items })
    default: return nil
    }
  }

  private static func whole(_ operation: String, _ first: Int, _ second: Int) -> Value {
    switch operation {
    case "Add": return checked(first.addingReportingOverflow(second))
    case "Sub": return checked(first.subtractingReportingOverflow(second))
    case "Mult": return checked(first.multipliedReportingOverflow(by: second))
    case "FloorDiv":
      guard second != 0, first.magnitude < 1 << 53 else { return .unknown }
      return .int(Int((Double(first) / Double(second)).rounded(.down)))
    case "Mod":
      guard second != 0, second != -1 else { return second == -1 ? .int(0) : .unknown }
      let rest = first % second
      return .int(rest != 0 && (rest < 0) != (second < 0) ? rest + second : rest)
    case "BitAnd": return .int(first & second)
    case "BitOr": return .int(first | second)
    case "BitXor": return .int(first ^ second)
    case "LShift":
      return (0...40).contains(second) && first.magnitude < 1 << 20
        ? .int(first << second) : .unknown
    case "RShift": return (0..<63).contains(second) ? .int(first >> second) : .unknown
    case "Pow" where second >= 0:
      guard let result = number("Pow", Double(first), Double(second)) else { return .unknown }
      return abs(result) < 0x1p53 ? .int(Int(result)) : .double(result)
    default:
      return number(operation, Double(first), Double(second)).map { .double($0) } ?? .unknown
    }
  }

  private static func checked(_ result: (partialValue: Int, overflow: Bool)) -> Value {
    result.overflow ? .unknown : .int(result.partialValue)
  }

  /// The operators on numbers.
  static func number(_ operation: String, _ first: Double, _ second: Double) -> Double? {
    switch operation {
    case "Add": first + second
    case "Sub": first - second
    case "Mult": first * second
    case "Div": second == 0 ? nil : first / second
    case "FloorDiv": second == 0 ? nil : (first / second).rounded(.down)
    case "Mod": second == 0 ? nil : first - second * (first / second).rounded(.down)
    case "Pow": Mathematics.power(first, second)
    default: nil
    }
  }

  private static func arrays(
    _ operation: String, _ first: NDArray, _ second: NDArray
  ) -> NDArray? {
    let kind = max(first.kind, second.kind)
    switch operation {
    case "MatMult": return NDArray.product(first, second)
    case "Div": return NDArray.joined(first, second, kind: .float) { $0 / $1 }
    case "FloorDiv": return NDArray.joined(first, second, kind: kind) { ($0 / $1).rounded(.down) }
    case "Mod":
      return NDArray.joined(first, second, kind: kind) { $0 - $1 * ($0 / $1).rounded(.down) }
    case "Pow": return NDArray.joined(first, second, kind: kind) { Mathematics.power($0, $1) }
    case "BitAnd", "BitOr", "BitXor":
      guard kind != .float else { return nil }
      return NDArray.joined(first, second, kind: kind) { a, b in
        let (left, right) = (a.asInt, b.asInt)
        return Double(
          operation == "BitAnd" ? left & right : operation == "BitOr" ? left | right : left ^ right)
      }
    case "Add", "Sub", "Mult":
      let result = kind == .bool && operation != "Sub" ? .bool : kind
      return NDArray.joined(first, second, kind: result) { a, b in
        let value = operation == "Add" ? a + b : operation == "Sub" ? a - b : a * b
        return result == .bool ? (value != 0 ? 1 : 0) : value
      }
    default: return nil
    }
  }

  /// `-x`, `not x`, `~x`.
  static func apply(_ operation: String, _ operand: Value) -> Value {
    if operation == "Not" { return operand.truth.map { .bool(!$0) } ?? .unknown }
    if case .array(let box) = operand {
      let array = box.array
      guard array.texts == nil else { return .unknown }
      switch operation {
      case "USub": return .array(array.map { -$0 })
      case "UAdd": return operand
      case "Invert" where array.kind == .bool: return .array(array.map { $0 == 0 ? 1 : 0 })
      case "Invert" where array.kind == .int: return .array(array.map { -$0 - 1 })
      default: return .unknown
      }
    }
    switch (operation, operand) {
    case ("USub", .int(let number)): return number == .min ? .unknown : .int(-number)
    case ("USub", .double(let number)): return .double(-number)
    case ("UAdd", _): return operand
    case ("Invert", .int(let number)): return .int(~number)
    default: return .unknown
    }
  }

  /// `left == right` and its like.
  static func compare(_ operation: String, _ left: Value, _ right: Value) -> Value {
    switch operation {
    case "Is", "IsNot":
      guard !left.isUnknown, !right.isUnknown, right.isNone else { return .unknown }
      return .bool(left.isNone == (operation == "Is"))
    case "In", "NotIn":
      guard let items = right.elements else { return .unknown }
      var isIn = false
      for item in items {
        guard let same = compare("Eq", left, item).truth else { return .unknown }
        if same { isIn = true }
      }
      return .bool(isIn == (operation == "In"))
    default: break
    }
    if let first = left.string, let second = right.string {
      return operation == "Eq"
        ? .bool(first == second)
        : operation == "NotEq" ? .bool(first != second) : .unknown
    }
    if left.array != nil || right.array != nil, let first = ArrayConversion.array(left),
      let second = ArrayConversion.array(right),
      let result = NDArray.joined(first, second, kind: .bool, { holds(operation, $0, $1) ? 1 : 0 })
    {
      return .array(result)
    }
    guard let first = left.double, let second = right.double else {
      if operation == "Eq" || operation == "NotEq", left.isNone || right.isNone,
        !left.isUnknown, !right.isUnknown
      {
        return .bool((left.isNone && right.isNone) == (operation == "Eq"))
      }
      return .unknown
    }
    return .bool(holds(operation, first, second))
  }

  private static func holds(_ operation: String, _ first: Double, _ second: Double) -> Bool {
    switch operation {
    case "Eq": first == second
    case "NotEq": first != second
    case "Lt": first < second
    case "LtE": first <= second
    case "Gt": first > second
    case "GtE": first >= second
    default: false
    }
  }
}
