extension NDArray {
  /// The elements in another shape, one extent of which may be −1; `nil` where they do not fit.
  func reshaped(_ wanted: [Int]) -> NDArray? {
    // A sample of rows keeps its rows.
    var target = wanted
    if let declaredRows, let first = target.first {
      let length = fullShape.reduce(1, *)
      let rest = target.dropFirst()
      guard let known = NDArray.count(rest.filter { $0 != -1 }) else { return nil }
      let rows = first == -1 ? (known > 0 ? length / known : 0) : first
      guard rows == declaredRows else { return nil }
      target[0] = shape[0]
    }
    if let open = target.firstIndex(of: -1) {
      let others = target.enumerated().filter { $0.offset != open }.map(\.element)
      guard let known = NDArray.count(others), known > 0, data.count % known == 0 else {
        return nil
      }
      target[open] = data.count / known
    }
    guard NDArray.count(target) == data.count else { return nil }
    var result = with(target, data)
    result.texts = texts
    if target.first == shape.first { result.origin = origin }
    if declaredRows != nil { result.declaredRows = declaredRows }
    return result
  }

  /// The axes in another order; reversed for `nil`.
  func transposed(_ order: [Int]? = nil) -> NDArray? {
    let axes =
      order.map { $0.map { $0 < 0 ? $0 + shape.count : $0 } }
      ?? Array(shape.indices.reversed())
    guard axes.sorted() == Array(shape.indices), texts == nil else { return nil }
    var steps = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      steps[axis] = steps[axis + 1] * shape[axis + 1]
    }
    let target = axes.map { shape[$0] }
    let moves = axes.map { steps[$0] }
    var result = [Double](repeating: 0, count: data.count)
    var counter = [Int](repeating: 0, count: target.count)
    var place = 0
    for index in result.indices {
      result[index] = data[place]
      var axis = target.count - 1
      while axis >= 0 {
        counter[axis] += 1
        place += moves[axis]
        if counter[axis] < target[axis] { break }
        place -= moves[axis] * target[axis]
        counter[axis] = 0
        axis -= 1
      }
    }
    var array = NDArray(target, result, kind, isDrawn: isDrawn)
    array.dtype = dtype
    array.unknown = unknown
    if axes.first == 0 { (array.declaredRows, array.origin) = (declaredRows, origin) }
    return array
  }

  /// Rows picked by number.
  ///
  /// - Parameter shuffles: the random orders that the numbers come from.
  func picked(_ indices: [Int], shuffles: Set<Int> = []) -> NDArray? {
    guard !shape.isEmpty else { return nil }
    let length = rowLength
    var result: [Double] = []
    result.reserveCapacity(indices.count * length)
    for index in indices {
      let row = index < 0 ? index + rows : index
      guard (0..<rows).contains(row) else { return nil }
      result.append(contentsOf: data[row * length..<(row + 1) * length])
    }
    var array = with([indices.count] + shape.dropFirst(), result)
    array.declaredRows = nil
    array.origin = origin?.picked(indices, shuffles: shuffles)
    if let texts, length == 1 { array.texts = indices.map { texts[$0 < 0 ? $0 + rows : $0] } }
    return array
  }

  /// Arrays one after the other along an axis; `nil` where they do not fit.
  static func concatenated(_ arrays: [NDArray], axis: Int) -> NDArray? {
    guard let first = arrays.first, !first.shape.isEmpty else { return nil }
    let place = axis < 0 ? axis + first.shape.count : axis
    guard first.shape.indices.contains(place) else { return nil }
    var extent = 0
    for array in arrays {
      guard array.shape.count == first.shape.count, array.texts == nil else { return nil }
      for index in first.shape.indices where index != place {
        guard array.shape[index] == first.shape[index] else { return nil }
      }
      extent += array.shape[place]
    }
    var shape = first.shape
    shape[place] = extent
    guard shape.reduce(1, *) <= limit else { return nil }
    let outer = shape[..<place].reduce(1, *)
    var data: [Double] = []
    data.reserveCapacity(shape.reduce(1, *))
    for index in 0..<outer {
      for array in arrays {
        let length = array.shape[place...].reduce(1, *)
        data.append(contentsOf: array.data[index * length..<(index + 1) * length])
      }
    }
    let kind = arrays.map(\.kind).max() ?? .float
    var result = NDArray(shape, data, kind, isDrawn: arrays.contains(where: \.isDrawn))
    if arrays.allSatisfy({ $0.dtype == first.dtype }) { result.dtype = first.dtype }
    for array in arrays { result.unknown.formUnion(array.unknown) }
    if arrays.contains(where: { $0.declaredRows != nil }) {
      result.declaredRows =
        place == 0 ? arrays.map { $0.fullShape[0] }.reduce(0, +) : first.declaredRows
    }
    if place > 0 {
      result.origin = arrays.reduce(first.origin) { .joined($0, $1.origin) }
    } else if var origin = first.origin,
      arrays.allSatisfy({ $0.origin?.source == origin.source })
    {
      origin.rows = arrays.flatMap { $0.origin?.rows ?? [] }
      for array in arrays { origin.shuffles.formUnion(array.origin?.shuffles ?? []) }
      result.origin = origin
    }
    return result
  }

  /// Arrays of the same shape along a new axis.
  static func stacked(_ arrays: [NDArray], axis: Int) -> NDArray? {
    guard let first = arrays.first, arrays.allSatisfy({ $0.shape == first.shape }) else {
      return nil
    }
    let place = axis < 0 ? axis + first.shape.count + 1 : axis
    guard (0...first.shape.count).contains(place) else { return nil }
    var shape = first.shape
    shape.insert(1, at: place)
    let widened = arrays.map { array -> NDArray in
      var result = NDArray(shape, array.data, array.kind, isDrawn: array.isDrawn)
      result.dtype = array.dtype
      result.unknown = array.unknown
      if place > 0 { (result.declaredRows, result.origin) = (array.declaredRows, array.origin) }
      return result
    }
    return concatenated(widened, axis: place)
  }

  /// The matrix product, also with vectors; `nil` where the shapes clash.
  static func product(_ left: NDArray, _ right: NDArray) -> NDArray? {
    guard left.texts == nil, right.texts == nil, (1...2).contains(right.shape.count),
      let inner = left.shape.last, inner == right.shape[0]
    else { return nil }
    let columns = right.shape.count == 2 ? right.shape[1] : 1
    let rows = left.data.count / max(1, inner)
    guard rows * columns <= limit, rows * columns * inner <= 200_000_000 else { return nil }
    var data = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for index in 0..<inner {
        let factor = left.data[row * inner + index]
        if factor == 0 { continue }
        for column in 0..<columns {
          data[row * columns + column] += factor * right.data[index * columns + column]
        }
      }
    }
    let shape = left.shape.dropLast() + (right.shape.count == 2 ? [columns] : [])
    var result = NDArray(
      Array(shape), data, max(left.kind, right.kind), isDrawn: left.isDrawn || right.isDrawn)
    if left.shape.count > 1 {
      (result.declaredRows, result.origin) = (left.declaredRows, left.origin)
    }
    result.unknown = left.unknown.union(right.unknown)
    return result
  }
}
