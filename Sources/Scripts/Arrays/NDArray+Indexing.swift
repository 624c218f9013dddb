/// One part of an index, as `3`, `1:5`, `None` or an array.
enum ArrayIndex {
  case number(Int)
  case slice(Int?, Int?, Int)
  case newAxis
  case ellipsis
  /// The numbers, and the random orders that they come from.
  case list([Int], shuffles: Set<Int> = [])
  /// Which elements of the first axes are meant.
  case mask(NDArray)
}

extension NDArray {
  /// The places that an index means, along each axis, and the shape of the result.
  private struct Selection {
    /// Per axis of the array the chosen places.
    var places: [[Int]]
    /// The shape of what is chosen.
    var shape: [Int]
    /// Whether lists of two or more axes go together instead of crossing.
    var isPaired = false
    /// How many rows the result has, where a sample is stored.
    var declaredRows: Int?
  }

  private func expanded(_ parts: [ArrayIndex]) -> [ArrayIndex]? {
    var used = 0
    for part in parts {
      switch part {
      case .newAxis, .ellipsis: break
      case .mask(let mask): used += mask.shape.count
      default: used += 1
      }
    }
    guard used <= shape.count else { return nil }
    let all = ArrayIndex.slice(nil, nil, 1)
    let missing = [ArrayIndex](repeating: all, count: shape.count - used)
    var result: [ArrayIndex] = []
    var isFilled = false
    for part in parts {
      if case .ellipsis = part {
        if isFilled { return nil }
        result += missing
        isFilled = true
      } else {
        result.append(part)
      }
    }
    return isFilled ? result : result + missing
  }

  private func selection(_ parts: [ArrayIndex]) -> Selection? {
    guard let parts = expanded(parts) else { return nil }
    var (selection, axis) = (Selection(places: [], shape: []), 0)
    var lists: [Int] = []
    for part in parts {
      switch part {
      case .newAxis: selection.shape.append(1)
      case .ellipsis: return nil
      case .number(let number):
        let extent = axis == 0 ? fullShape[0] : shape[axis]
        var place = number < 0 ? number + extent : number
        guard (0..<extent).contains(place) else { return nil }
        if place >= shape[axis] { place %= shape[axis] }
        selection.places.append([place])
        axis += 1
      case .slice(let start, let end, let step):
        let extent = axis == 0 ? fullShape[0] : shape[axis]
        var places = NDArray.places(start, end, step, extent)
        if axis == 0, declaredRows != nil {
          selection.declaredRows = places.count
          places = Array(0..<min(places.count, shape[0]))
        }
        selection.places.append(places)
        selection.shape.append(places.count)
        axis += 1
      case .list(let numbers, _):
        let places = numbers.map { $0 < 0 ? $0 + shape[axis] : $0 }
        guard places.allSatisfy({ (0..<shape[axis]).contains($0) }) else { return nil }
        lists.append(axis)
        selection.places.append(places)
        if lists.count == 1 { selection.shape.append(places.count) }
        axis += 1
      case .mask: return nil
      }
    }
    if lists.count > 1 {
      let counts = Set(lists.map { selection.places[$0].count })
      guard counts.count == 1, selection.places.count == lists.count else { return nil }
      selection.isPaired = true
    }
    return selection
  }

  private static func places(_ start: Int?, _ end: Int?, _ step: Int, _ extent: Int) -> [Int] {
    func clamped(_ value: Int, _ low: Int, _ high: Int) -> Int {
      min(max(value < 0 ? value + extent : value, low), high)
    }
    if step > 0 {
      let first = start.map { clamped($0, 0, extent) } ?? 0
      let last = end.map { clamped($0, 0, extent) } ?? extent
      return Array(stride(from: first, to: max(first, last), by: step))
    }
    guard step < 0 else { return [] }
    let first = start.map { clamped($0, -1, extent - 1) } ?? extent - 1
    let last = end.map { clamped($0, -1, extent - 1) } ?? -1
    return Array(stride(from: first, to: min(first, last), by: step))
  }

  /// The offsets in ``data`` of what is chosen, in order.
  private func offsets(_ selection: Selection) -> [Int] {
    var steps = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      steps[axis] = steps[axis + 1] * shape[axis + 1]
    }
    if selection.isPaired {
      return (0..<(selection.places.first?.count ?? 0)).map { index in
        zip(selection.places, steps).reduce(0) { $0 + $1.0[index] * $1.1 }
      }
    }
    var result = [0]
    for (places, step) in zip(selection.places, steps) {
      if places.count == 1 {
        let move = places[0] * step
        if move != 0 { for index in result.indices { result[index] += move } }
        continue
      }
      var next: [Int] = []
      next.reserveCapacity(result.count * places.count)
      for base in result { for place in places { next.append(base + place * step) } }
      result = next
    }
    return result
  }

  /// The offsets that a mask over the first axes means.
  private func offsets(_ mask: NDArray) -> [Int]? {
    guard mask.shape.count <= shape.count, Array(shape.prefix(mask.shape.count)) == mask.shape
    else { return nil }
    let length = shape.dropFirst(mask.shape.count).reduce(1, *)
    return mask.data.indices.filter { mask.data[$0] != 0 }
      .flatMap { Array($0 * length..<($0 + 1) * length) }
  }

  /// What an index chooses; `nil` where it does not fit.
  func chosen(_ parts: [ArrayIndex]) -> NDArray? {
    if parts.count == 1, case .mask(let mask) = parts[0] {
      guard texts == nil, let offsets = offsets(mask) else { return nil }
      let rest = Array(shape.dropFirst(mask.shape.count))
      let length = rest.reduce(1, *)
      var result = with([offsets.count / max(1, length)] + rest, offsets.map { data[$0] })
      result.isDrawn = isDrawn || mask.isDrawn
      result.declaredRows = nil
      if declaredRows != nil { result.unknown.insert("rows") }
      if mask.shape.count == 1 {
        result.origin = origin?.picked(mask.data.indices.filter { mask.data[$0] != 0 })
      }
      return result
    }
    guard let selection = selection(parts) else { return nil }
    let offsets = offsets(selection)
    guard selection.shape.reduce(1, *) == offsets.count else { return nil }
    var result = with(selection.shape, offsets.map { data[$0] })
    result.declaredRows = selection.declaredRows
    if let first = parts.first, let rows = selection.places.first, !selection.isPaired {
      switch first {
      case .slice: result.origin = origin?.picked(rows)
      case .list(_, let shuffles): result.origin = origin?.picked(rows, shuffles: shuffles)
      // All rows, and of each the same part.
      case .ellipsis where rows.count == self.rows: result.origin = origin
      default: break
      }
    }
    if let texts, texts.count == data.count { result.texts = offsets.map { texts[$0] } }
    return result
  }

  /// Sets what an index chooses; `false` where it does not fit.
  mutating func set(_ parts: [ArrayIndex], to value: NDArray) -> Bool {
    guard texts == nil, value.texts == nil else { return false }
    let places: [Int]
    let target: [Int]
    if parts.count == 1, case .mask(let mask) = parts[0] {
      guard let found = offsets(mask) else { return false }
      let rest = Array(shape.dropFirst(mask.shape.count))
      (places, target) = (found, [found.count / max(1, rest.reduce(1, *))] + rest)
      isDrawn = isDrawn || mask.isDrawn
    } else {
      guard let selection = selection(parts) else { return false }
      (places, target) = (offsets(selection), selection.shape)
    }
    let zero = NDArray(target, [Double](repeating: 0, count: target.reduce(1, *)))
    guard places.count == zero.data.count,
      let filled = NDArray.joined(zero, value, kind: value.kind, { $1 }),
      filled.data.count == places.count
    else { return false }
    for (place, number) in zip(places, filled.data) {
      data[place] = kind == .float ? number : number.rounded(.towardZero)
    }
    isDrawn = isDrawn || value.isDrawn
    // Rows that others were put in the place of stem from these no more.
    if value.data.count > 1, value.rows > 1 { origin = nil }
    return true
  }
}
