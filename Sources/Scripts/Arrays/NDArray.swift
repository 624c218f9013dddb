/// The numbers of an array of a script, as NumPy would hold them, or a sample with their distribution.
struct NDArray {
  /// What its elements are, in the order in which NumPy promotes them.
  enum Kind: Int, Comparable {
    case bool, int, float
    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The extents of what is stored.
  var shape: [Int]
  /// The elements, the last axis fastest.
  var data: [Double]
  /// What the elements are.
  var kind: Kind
  /// NumPy's name of the element type.
  var dtype: String
  /// The elements of an array of texts; ``data`` then holds zeros.
  var texts: [String]?
  /// Whether the numbers are drawn here as the script draws them, and so are others than in the run.
  var isDrawn = false
  /// How many rows the array has, where only a sample of them is stored.
  var declaredRows: Int?
  /// What of the array is not known, in the words of `ArrayFacts.Part`.
  var unknown: Set<String> = []
  /// Where its rows come from, as far as that is followed.
  var origin: RowOrigin?

  init(_ shape: [Int], _ data: [Double], _ kind: Kind = .float, isDrawn: Bool = false) {
    precondition(shape.reduce(1, *) == data.count, "\(data.count) elements for \(shape)")
    self.shape = shape
    self.data = data
    self.kind = kind
    self.isDrawn = isDrawn
    dtype = kind.standardType
  }

  /// The largest array that is held; larger ones are samples, or unknown.
  static let limit = 3_000_000

  /// The shape as the script sees it.
  var fullShape: [Int] {
    guard let declaredRows, !shape.isEmpty else { return shape }
    return [declaredRows] + shape.dropFirst()
  }
  /// How many rows are stored.
  var rows: Int { shape.first ?? 1 }
  /// How many elements a row has.
  var rowLength: Int { shape.dropFirst().reduce(1, *) }
  /// Whether all elements are whole by their type.
  var isIntegral: Bool { kind != .float }

  /// An array of one number.
  init(scalar: Double, _ kind: Kind = .float) { self.init([], [scalar], kind) }

  /// The same facts on other elements.
  func with(_ shape: [Int], _ data: [Double], kind: Kind? = nil) -> NDArray {
    var result = NDArray(shape, data, kind ?? self.kind, isDrawn: isDrawn)
    if kind == nil || kind == self.kind { result.dtype = dtype }
    result.unknown = unknown
    if shape.first == self.shape.first { result.declaredRows = declaredRows }
    return result
  }

  /// The number of elements of a shape; `nil` for one beyond the limit.
  static func count(_ shape: [Int]) -> Int? {
    var result = 1
    for extent in shape {
      guard extent >= 0, extent <= limit else { return nil }
      if extent > 0, result > limit / extent { return shape.contains(0) ? 0 : nil }
      result *= extent
    }
    return result
  }

  /// Every element changed by a function.
  func map(_ kind: Kind? = nil, _ body: (Double) -> Double) -> NDArray {
    var result = with(shape, data.map(body), kind: kind)
    result.origin = origin
    return result
  }

  /// The element type that NumPy's functions of reals give.
  var floatKind: Kind { .float }

  // MARK: Two arrays

  /// Two arrays joined element by element, broadcast as NumPy does; `nil` where their shapes clash.
  static func joined(
    _ left: NDArray, _ right: NDArray, kind: Kind, _ body: (Double, Double) -> Double
  ) -> NDArray? {
    guard left.texts == nil, right.texts == nil,
      let shape = broadcast(left.shape, right.shape)
    else { return nil }
    let count = shape.reduce(1, *)
    guard count <= limit else { return nil }
    var data = [Double](repeating: 0, count: count)
    if left.shape == right.shape {
      for index in 0..<count { data[index] = body(left.data[index], right.data[index]) }
    } else if right.data.count == 1 {
      let value = right.data[0]
      for index in 0..<count { data[index] = body(left.data[index], value) }
    } else if left.data.count == 1 {
      let value = left.data[0]
      for index in 0..<count { data[index] = body(value, right.data[index]) }
    } else {
      let (first, second) = (left.steps(for: shape), right.steps(for: shape))
      var counter = [Int](repeating: 0, count: shape.count)
      var (a, b) = (0, 0)
      for index in 0..<count {
        data[index] = body(left.data[a], right.data[b])
        var axis = shape.count - 1
        while axis >= 0 {
          counter[axis] += 1
          a += first[axis]
          b += second[axis]
          if counter[axis] < shape[axis] { break }
          a -= first[axis] * shape[axis]
          b -= second[axis] * shape[axis]
          counter[axis] = 0
          axis -= 1
        }
      }
    }
    var result = NDArray(shape, data, kind, isDrawn: left.isDrawn || right.isDrawn)
    result.unknown = left.unknown.union(right.unknown)
    if kind == .float {
      // A float32 array stays one beside Python's numbers and arrays of its own kind.
      let types = [left, right].filter { $0.kind == .float && !$0.shape.isEmpty }.map(\.dtype)
      if !types.isEmpty, types.allSatisfy({ $0 == "float32" }) { result.dtype = "float32" }
    }
    for side in [left, right] where side.declaredRows != nil && side.shape.first == shape.first {
      result.declaredRows = side.declaredRows
    }
    let sides = [left, right].filter {
      $0.shape.count == shape.count && $0.shape.first == shape.first && !shape.isEmpty
    }
    result.origin =
      sides.count == 2 ? .joined(left.origin, right.origin) : sides.first.flatMap(\.origin)
    return result
  }

  private static func broadcast(_ left: [Int], _ right: [Int]) -> [Int]? {
    let rank = max(left.count, right.count)
    let first = Array(repeating: 1, count: rank - left.count) + left
    let second = Array(repeating: 1, count: rank - right.count) + right
    var shape: [Int] = []
    for (a, b) in zip(first, second) {
      guard a == b || a == 1 || b == 1 else { return nil }
      shape.append(a == 1 ? b : a)
    }
    return shape
  }

  /// How far to go in the data for a step along each axis of a shape that it is broadcast to.
  private func steps(for target: [Int]) -> [Int] {
    var steps = [Int](repeating: 0, count: target.count)
    var step = 1
    for axis in stride(from: shape.count - 1, through: 0, by: -1) {
      let place = axis + target.count - shape.count
      steps[place] = shape[axis] == 1 ? 0 : step
      step *= shape[axis]
    }
    return steps
  }

  // MARK: Reductions

  /// The elements along an axis made into one number each; along all axes for `nil`.
  func reduced(
    axis: Int?, keepsAxis: Bool = false, kind: Kind = .float, _ body: ([Double]) -> Double
  ) -> NDArray? {
    guard texts == nil else { return nil }
    guard let axis else {
      guard !data.isEmpty else { return nil }
      let shape = keepsAxis ? [Int](repeating: 1, count: self.shape.count) : []
      return NDArray(shape, [body(data)], kind, isDrawn: isDrawn)
    }
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place), shape[place] > 0 else { return nil }
    let inner = shape[(place + 1)...].reduce(1, *)
    let outer = shape[..<place].reduce(1, *)
    let count = shape[place]
    var result = [Double](repeating: 0, count: outer * inner)
    var values = [Double](repeating: 0, count: count)
    for first in 0..<outer {
      for last in 0..<inner {
        for index in 0..<count { values[index] = data[(first * count + index) * inner + last] }
        result[first * inner + last] = body(values)
      }
    }
    var shape = self.shape
    if keepsAxis { shape[place] = 1 } else { shape.remove(at: place) }
    var array = NDArray(shape, result, kind, isDrawn: isDrawn)
    if place > 0 { (array.declaredRows, array.origin) = (declaredRows, origin) }
    if kind == .float, dtype == "float32" { array.dtype = dtype }
    return array
  }
}

extension NDArray.Kind {
  /// The element type that NumPy gives such numbers.
  var standardType: String {
    switch self {
    case .bool: "bool"
    case .int: "int64"
    case .float: "float64"
    }
  }
}
