/// What an expression of a script comes to, as far as it can be known without running it.
enum Value {
  /// Nothing is known of it.
  case unknown
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list(ListBox)
  case tuple([Value])
  case dictionary(DictionaryBox)
  /// A NumPy array, or what behaves like one.
  case array(ArrayBox)
  /// Something of a library by its full name, as `keras.layers.Dense` or `numpy`.
  case library(String)
  /// A function that the script defines.
  case function(UserFunction)
  /// A class that the script defines.
  case userClass(UserClass)
  /// An object of such a class.
  case instance(Instance)
  /// An optimizer, loss, initializer, regularizer, constraint, callback, schedule or metric.
  case object(ScriptObject)
  case layer(ScriptLayer)
  case tensor(ScriptTensor)
  case model(ScriptModel)
  /// A scaler or encoder of scikit-learn.
  case transformer(Transformer)
  /// A generator of random numbers.
  case generator
  /// An object with named parts, as scikit-learn's data sets.
  case record([String: Value])
  /// A function of an object, not called yet.
  indirect case method(Value, String)
  /// A range of whole numbers.
  case range(Int, Int, Int)

  /// The number, whole or not.
  var double: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    case .bool(let flag): flag ? 1 : 0
    case .array(let box) where box.array.data.count == 1 && box.array.texts == nil:
      box.array.data[0]
    default: nil
    }
  }

  /// The whole number.
  var int: Int? {
    switch self {
    case .int(let number): number
    case .bool(let flag): flag ? 1 : 0
    case .array(let box) where box.array.isIntegral && box.array.data.count == 1:
      Int(exactly: box.array.data[0])
    default: nil
    }
  }

  /// The text.
  var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// The elements of a list or tuple.
  var elements: [Value]? {
    switch self {
    case .list(let box): box.elements
    case .tuple(let elements): elements
    case .range(let start, let end, let step): Value.numbers(start, end, step)?.map { .int($0) }
    default: nil
    }
  }

  /// The array.
  var array: NDArray? {
    if case .array(let box) = self { return box.array }
    return nil
  }

  /// Whether nothing is known of it.
  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// Whether it is `None`.
  var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  /// More turns than this no loop of a script that builds a model takes.
  private static let longestRange = 100_000

  /// The numbers of a range, unless there are very many.
  static func numbers(_ start: Int, _ end: Int, _ step: Int) -> [Int]? {
    guard step != 0 else { return nil }
    let (span, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, abs(Double(span) / Double(step)) <= Double(longestRange) else { return nil }
    return Array(stride(from: start, to: end, by: step))
  }

  /// Whether it counts as true; `nil` where that is not known.
  var truth: Bool? {
    switch self {
    case .none: false
    case .bool(let flag): flag
    case .int(let number): number != 0
    case .double(let number): number != 0
    case .string(let text): !text.isEmpty
    case .list(let box): !box.elements.isEmpty
    case .tuple(let elements): !elements.isEmpty
    case .dictionary(let box): !box.members.isEmpty
    case .array(let box): box.array.data.count == 1 ? box.array.data[0] != 0 : nil
    case .object, .layer, .model, .function, .library, .transformer, .instance: true
    default: nil
    }
  }
}

/// A list, which is changed in place.
final class ListBox {
  var elements: [Value]
  init(_ elements: [Value]) { self.elements = elements }
}

/// A dictionary with keys that are texts or numbers, in the order in which they were set.
final class DictionaryBox {
  var members: [(key: Value, value: Value)]
  /// Whether there may be members that are not known.
  var isComplete = true
  init(_ members: [(key: Value, value: Value)] = []) { self.members = members }

  private static func isSame(_ first: Value, _ second: Value) -> Bool {
    if let left = first.string, let right = second.string { return left == right }
    if first.string == nil, second.string == nil, let left = first.double,
      let right = second.double
    {
      return left == right
    }
    return false
  }

  subscript(key: Value) -> Value? {
    get { members.last { Self.isSame($0.key, key) }?.value }
    set {
      members.removeAll { Self.isSame($0.key, key) }
      if let newValue { members.append((key, newValue)) }
    }
  }
}

/// An array, which is changed in place.
final class ArrayBox {
  var array: NDArray
  init(_ array: NDArray) { self.array = array }
}

/// A function that the script defines, with what it sees.
final class UserFunction {
  let name: String
  let parameters: Parameters
  let body: [Statement]
  let expression: Expression?
  let scope: Scope

  init(
    _ name: String, _ parameters: Parameters, body: [Statement] = [],
    expression: Expression? = nil, scope: Scope
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.expression = expression
    self.scope = scope
  }
}

/// A class that the script defines.
final class UserClass {
  let name: String
  /// Its functions.
  var methods: [String: UserFunction] = [:]
  /// Whether it is a kind of Keras model.
  let isModel: Bool
  /// Whether it is a kind of Keras layer.
  let isLayer: Bool
  init(_ name: String, isModel: Bool, isLayer: Bool) {
    (self.name, self.isModel, self.isLayer) = (name, isModel, isLayer)
  }
}

/// An object of a class that the script defines.
final class Instance {
  let type: UserClass
  /// What was set in it.
  var parts: [String: Value] = [:]
  init(_ type: UserClass) { self.type = type }
}

/// The names that are visible in a function or in the script as a whole.
final class Scope {
  var values: [String: Value] = [:]
  let parent: Scope?
  init(parent: Scope? = nil) { self.parent = parent }

  subscript(name: String) -> Value? {
    values[name] ?? parent?[name]
  }
}

extension Value {
  /// A list of values.
  static func list(_ elements: [Value]) -> Value { .list(ListBox(elements)) }
  /// An array.
  static func array(_ array: NDArray) -> Value { .array(ArrayBox(array)) }
}
