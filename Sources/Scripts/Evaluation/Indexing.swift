/// `container[index]`.
enum Indexing {
  /// What an index chooses.
  static func element(
    _ index: Expression, of container: Value, evaluator: Evaluator
  ) throws -> Value {
    switch container {
    case .list(let box): return try sequence(index, box.elements, evaluator) { .list($0) }
    case .tuple(let elements): return try sequence(index, elements, evaluator) { .tuple($0) }
    case .range: return try sequence(index, container.elements ?? [], evaluator) { .list($0) }
    case .dictionary(let box):
      return box[try evaluator.evaluate(index)] ?? .unknown
    case .record(let parts):
      return try evaluator.evaluate(index).string.flatMap { parts[$0] } ?? .unknown
    case .array(let box):
      guard let parts = try parts(index, evaluator: evaluator), let result = box.array.chosen(parts)
      else { return .unknown }
      return result.shape.isEmpty ? scalar(result) : .array(result)
    case .string(let text):
      guard let number = try evaluator.evaluate(index).int, let place = place(number, text.count)
      else { return .unknown }
      return .string(String(Array(text)[place]))
    case .tensor(let tensor):
      if let results = tensor.results, let number = try evaluator.evaluate(index).int,
        let place = Indexing.place(number, results.count)
      {
        return .tensor(results[place])
      }
      return evaluator.operation("GetItem", [tensor])
    default: return .unknown
    }
  }

  /// A number of an array as Python's, where the array is not one drawn.
  static func scalar(_ array: NDArray) -> Value {
    if array.texts != nil { return array.texts?.first.map { .string($0) } ?? .unknown }
    return .array(array)
  }

  /// A row of an array, or its number.
  static func item(_ index: Int, of array: NDArray) -> Value {
    guard let row = array.chosen([.number(index)]) else { return .unknown }
    guard row.shape.isEmpty else { return .array(row) }
    if row.texts != nil || row.isDrawn { return scalar(row) }
    return row.kind == .float ? .double(row.data[0]) : .int(row.data[0].asInt)
  }

  private static func sequence(
    _ index: Expression, _ elements: [Value], _ evaluator: Evaluator,
    _ made: ([Value]) -> Value
  ) throws -> Value {
    if case .slice(let start, let end, let step) = index.form {
      guard let (first, last, stride) = try bounds(start, end, step, evaluator) else {
        return .unknown
      }
      let numbers = NDArray([elements.count], elements.indices.map(Double.init), .int)
      guard let chosen = numbers.chosen([.slice(first, last, stride)]) else { return .unknown }
      return made(chosen.data.map { elements[Int($0)] })
    }
    guard let number = try evaluator.evaluate(index).int,
      let place = place(number, elements.count)
    else { return .unknown }
    return elements[place]
  }

  /// The place that an index, perhaps from the end, means.
  static func place(_ number: Int, _ count: Int) -> Int? {
    let place = number < 0 ? number + count : number
    return (0..<count).contains(place) ? place : nil
  }

  private static func bounds(
    _ start: Expression?, _ end: Expression?, _ step: Expression?, _ evaluator: Evaluator
  ) throws -> (Int?, Int?, Int)? {
    var results: [Int?] = []
    for part in [start, end, step] {
      guard let part else {
        results.append(nil)
        continue
      }
      let value = try evaluator.evaluate(part)
      if value.isNone {
        results.append(nil)
      } else if let number = value.int {
        results.append(number)
      } else {
        return nil
      }
    }
    return results[2] == 0 ? nil : (results[0], results[1], results[2] ?? 1)
  }

  /// The parts of the index of an array; `nil` where one is not known.
  static func parts(_ index: Expression, evaluator: Evaluator) throws -> [ArrayIndex]? {
    var items = [index]
    if case .tuple(let inner) = index.form { items = inner }
    var result: [ArrayIndex] = []
    for item in items {
      switch item.form {
      case .slice(let start, let end, let step):
        guard let (first, last, stride) = try bounds(start, end, step, evaluator) else {
          return nil
        }
        result.append(.slice(first, last, stride))
      case .ellipsis: result.append(.ellipsis)
      default:
        let value = try evaluator.evaluate(item)
        if value.isNone {
          result.append(.newAxis)
        } else if let number = value.int {
          result.append(.number(number))
        } else if let array = ArrayConversion.array(value), array.texts == nil {
          if array.kind == .bool {
            result.append(.mask(array))
          } else if array.kind == .int, array.shape.count == 1 {
            result.append(
              .list(array.data.map { $0.asInt }, shuffles: array.origin?.shuffles ?? []))
          } else {
            return nil
          }
        } else if case .library("numpy.newaxis") = value {
          result.append(.newAxis)
        } else {
          return nil
        }
      }
    }
    return result
  }
}
