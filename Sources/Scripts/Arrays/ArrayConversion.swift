/// Values as arrays.
enum ArrayConversion {
  /// The array that NumPy would make of a value; `nil` where an element is not known.
  static func array(_ value: Value, depth: Int = 0) -> NDArray? {
    switch value {
    case .array(let box): return box.array
    case .bool(let flag): return NDArray(scalar: flag ? 1 : 0, .bool)
    case .int(let number): return NDArray(scalar: Double(number), .int)
    case .double(let number): return NDArray(scalar: number)
    case .string(let text):
      var result = NDArray([], [0])
      (result.texts, result.dtype) = ([text], "<U\(text.unicodeScalars.count)")
      return result
    case .list, .tuple, .range:
      // A list may hold itself.
      guard depth < 12, let elements = value.elements else { return nil }
      return of(elements, depth: depth + 1)
    default: return nil
    }
  }

  private static func of(_ elements: [Value], depth: Int) -> NDArray? {
    guard !elements.isEmpty else { return NDArray([0], []) }
    var arrays: [NDArray] = []
    arrays.reserveCapacity(elements.count)
    for element in elements {
      guard let array = array(element, depth: depth) else { return nil }
      arrays.append(array)
    }
    let shape = arrays[0].shape
    guard arrays.allSatisfy({ $0.shape == shape && ($0.texts == nil) == (arrays[0].texts == nil) })
    else { return nil }
    let kind = arrays.map(\.kind).max() ?? .float
    var result = NDArray(
      [arrays.count] + shape, arrays.flatMap(\.data), kind,
      isDrawn: arrays.contains(where: \.isDrawn))
    if arrays[0].texts != nil {
      result.texts = arrays.flatMap { $0.texts ?? [] }
      result.dtype = "<U\(result.texts?.map { $0.unicodeScalars.count }.max() ?? 1)"
    }
    return result
  }

  /// The shape that an argument means: a number or a list of numbers.
  static func shape(_ value: Value?) -> [Int]? {
    guard let value else { return nil }
    if let number = value.int { return [number] }
    let numbers = value.elements?.map(\.int)
    guard let numbers, !numbers.contains(nil) else { return nil }
    return numbers.compactMap { $0 }
  }

  /// An array in another element type.
  static func cast(_ array: NDArray, to type: Value?) -> NDArray? {
    let name: String
    switch type {
    case .string(let text): name = text
    case .library(let full): name = lastPart(full)
    case nil, .some(.none): return array
    default: return nil
    }
    guard array.texts == nil else { return nil }
    var result = array
    switch name {
    case "float32", "float", "float64", "float16", "double", "float_", "half", "f", "f4", "f8", "d":
      result.kind = .float
      result.dtype =
        ["float", "double", "float_", "f8", "d"].contains(name)
        ? "float64"
        : ["f", "f4"].contains(name) ? "float32" : name == "half" ? "float16" : name
    case "int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "long",
      "i4", "i8", "int_":
      result.data = array.data.map { $0.isFinite ? $0.rounded(.towardZero) : 0 }
      result.kind = .int
      result.dtype =
        ["int", "long", "int_", "i8"].contains(name) ? "int64" : name == "i4" ? "int32" : name
    case "bool", "bool_":
      result.data = array.data.map { $0 != 0 ? 1 : 0 }
      (result.kind, result.dtype) = (.bool, "bool")
    default: return nil
    }
    return result
  }
}

extension Double {
  /// The nearest whole number that `Int` holds; 0 for NaN.
  var asInt: Int { isNaN ? 0 : Int(max(-0x1p62, min(0x1p62, self))) }
}
