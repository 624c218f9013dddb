import Graphs
import JSON
import Tensors

/// One call of an operation: its operands, its other arguments, and the graph to build into.
struct OperationCall {
  /// Larger constants are no part of a model's configuration but of its weights.
  private static let largestConstant = 4096

  /// Keras' class of the operation.
  let name: String
  /// The arguments that the operation was made with: `axis`, `keepdims`.
  let configuration: Configuration
  /// What it is called with.
  let arguments: CallArguments<MaskedValue>
  /// The graph.
  var graph: Graph

  /// The error that something is not as it should be.
  func error(_ found: String, expected: String) -> ShapeError {
    ShapeError(subject: configuration.subject, found: found, expected: expected)
  }

  // MARK: Operands

  /// The operand with a place and a name; numbers become constants.
  mutating func operand(_ position: Int, _ name: String) throws -> Value {
    guard let argument = arguments.argument(position, name) else {
      throw error("no operand '\(name)'", expected: "a tensor or a number")
    }
    return try value(of: argument)
  }

  /// The two operands that most operations have.
  mutating func pair() throws -> (Value, Value) {
    let operands = (try operand(0, "x1"), try operand(1, "x2"))
    try requireBroadcast([operands.0, operands.1])
    return operands
  }

  /// The operands of an argument that is a list.
  mutating func list(_ position: Int, _ name: String) throws -> [Value] {
    guard case .list(let elements)? = arguments.argument(position, name), !elements.isEmpty else {
      throw error("no list '\(name)'", expected: "a list of tensors")
    }
    return try elements.map { try value(of: $0) }
  }

  private mutating func value(of argument: CallArgument<MaskedValue>) throws -> Value {
    if case .tensor(let tensor) = argument { return tensor.value }
    guard var json = argument.plain else {
      throw error("a list of tensors", expected: "a tensor or a number")
    }
    if json["class_name"]?.string == "__tensor__", let inner = json["config"]?["value"] {
      json = inner
    }
    return try constant(json)
  }

  /// A number, or lists of numbers, as a constant.
  private mutating func constant(_ json: JSONValue) throws -> Value {
    let shape = try shape(of: json)
    var numbers: [Double] = []
    func collect(_ json: JSONValue) {
      if let number = json.number { numbers.append(number) }
      for element in json.array ?? [] { collect(element) }
    }
    collect(json)
    guard numbers.count == shape.count, shape.count > 0 else {
      throw error(json.abbreviated, expected: "a tensor, a number, or lists of equal lengths")
    }
    if shape.rank == 0 { return graph.constant(numbers[0]) }
    return graph.reshape(graph.vector(numbers), to: shape)
  }

  private func shape(of json: JSONValue) throws -> Shape {
    var (extents, rest) = ([Int](), json)
    while let elements = rest.array, let first = elements.first, extents.count < 16 {
      extents.append(elements.count)
      rest = first
    }
    let shape = Shape(extents)
    guard shape.count <= Self.largestConstant, rest.number != nil else {
      throw error(json.abbreviated, expected: "a tensor or up to \(Self.largestConstant) numbers")
    }
    return shape
  }

  // MARK: Other arguments

  /// An argument that is no tensor: from the operation's configuration, or from the call.
  func option(_ name: String, position: Int? = nil) -> JSONValue? {
    if let value = configuration.value(name) { return value }
    let given = position.map { arguments.argument($0, name) } ?? arguments[name]
    guard let value = given?.plain, !value.isNull else { return nil }
    return value
  }

  /// A whole number among them.
  func int(_ name: String, default standard: Int, position: Int? = nil) throws -> Int {
    guard let value = option(name, position: position) else { return standard }
    guard let number = value.int else {
      throw configuration.error(name, found: value, expected: "a whole number")
    }
    return number
  }

  /// A number among them, if it is there.
  func double(_ name: String, position: Int? = nil) throws -> Double? {
    guard let value = option(name, position: position) else { return nil }
    guard let number = value.number else {
      throw configuration.error(name, found: value, expected: "a number")
    }
    return number
  }

  /// Whole numbers among them, if they are there; one number is a list of one.
  func ints(_ name: String, position: Int? = nil) throws -> [Int]? {
    guard let value = option(name, position: position) else { return nil }
    if let number = value.int { return [number] }
    let numbers = value.array?.compactMap(\.int) ?? []
    guard let count = value.array?.count, numbers.count == count else {
      throw configuration.error(name, found: value, expected: "whole numbers")
    }
    return numbers
  }

  /// Whether the reduced axes stay.
  var keepsAxes: Bool { option("keepdims")?.bool ?? false }

  // MARK: Shapes

  /// The shape of a value.
  func shape(_ value: Value) -> Shape { graph.shape(value) }

  /// An axis as a number from 0.
  func axis(_ axis: Int, rank: Int) throws -> Int {
    guard (-rank..<rank).contains(axis) else {
      throw error("axis \(axis)", expected: "an axis of a tensor with \(rank) axes")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The axes that an operation works along; all of them where none are named.
  func axes(_ value: Value) throws -> [Int] {
    let rank = shape(value).rank
    guard let named = try ints("axis") else { return Array(0..<rank) }
    return try named.map { try axis($0, rank: rank) }
  }

  /// Checks that values fit together by NumPy's rule.
  func requireBroadcast(_ values: [Value]) throws {
    for (first, second) in zip(values, values.dropFirst()) {
      guard canBroadcast(shape(first), shape(second)) else {
        throw error(
          "operands of shapes \(shape(first)) and \(shape(second))",
          expected: "shapes that fit together")
      }
    }
  }
}

extension JSONValue {
  /// The value as a number, where true is 1 and false is 0.
  fileprivate var number: Double? {
    if case .bool(let flag) = self { return flag ? 1 : 0 }
    return double
  }
}
