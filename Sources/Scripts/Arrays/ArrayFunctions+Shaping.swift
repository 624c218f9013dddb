/// Functions that put elements into another shape or order.
extension ArrayFunctions {
  static let shaping: [String: Function] = [
    "numpy.reshape": { arguments, _ in
      guard let array = array(arguments),
        let shape = ArrayConversion.shape(arguments.value(1, "newshape"))
      else { return .unknown }
      return result(array.reshaped(shape))
    },
    "numpy.expand_dims": { arguments, _ in
      guard let array = array(arguments), let axis = arguments.value(1, "axis")?.int else {
        return .unknown
      }
      return result(expanded(array, axis))
    },
    "tensorflow.expand_dims": { arguments, evaluator in
      if let inputs = evaluator.tensors(arguments.positional.first?.value) {
        return evaluator.operation("expand_dims", inputs)
      }
      guard let array = array(arguments), let axis = arguments.value(1, "axis")?.int else {
        return .unknown
      }
      return result(expanded(array, axis))
    },
    "numpy.squeeze": { arguments, _ in
      guard let array = array(arguments) else { return .unknown }
      return result(array.reshaped(array.fullShape.filter { $0 != 1 }))
    },
    "numpy.ravel": { arguments, _ in result(array(arguments)?.reshaped([-1])) },
    "numpy.transpose": { arguments, _ in
      guard let array = array(arguments) else { return .unknown }
      return result(array.transposed(arguments.value(1, "axes").flatMap(ArrayConversion.shape)))
    },
    "numpy.concatenate": joined { NDArray.concatenated($0, axis: $1 ?? 0) },
    "numpy.append": { arguments, _ in
      guard let first = array(arguments, 0), let second = array(arguments, 1) else {
        return .unknown
      }
      let axis = arguments.value(2, "axis")?.int
      if axis == nil, let a = first.reshaped([-1]), let b = second.reshaped([-1]) {
        return result(NDArray.concatenated([a, b], axis: 0))
      }
      return result(NDArray.concatenated([first, second], axis: axis ?? 0))
    },
    "numpy.stack": joined { NDArray.stacked($0, axis: $1 ?? 0) },
    "numpy.vstack": joined { arrays, _ in
      NDArray.concatenated(arrays.map { $0.shape.count == 1 ? expanded($0, 0) ?? $0 : $0 }, axis: 0)
    },
    "numpy.hstack": joined { arrays, _ in
      NDArray.concatenated(arrays, axis: arrays[0].shape.count == 1 ? 0 : 1)
    },
    "numpy.column_stack": joined(columns), "numpy.dstack": { _, _ in .unknown },
    "numpy.repeat": { arguments, _ in
      guard let array = array(arguments), array.texts == nil,
        let count = arguments.value(1, "repeats")?.int, count >= 0,
        NDArray.count([array.data.count, count]) != nil
      else { return .unknown }
      let axis = arguments.value(2, "axis")?.int
      if axis == 0 {
        return result(array.picked((0..<array.rows).flatMap { [Int](repeating: $0, count: count) }))
      }
      guard axis == nil else { return .unknown }
      let data = array.data.flatMap { [Double](repeating: $0, count: count) }
      return .array(array.with([data.count], data))
    },
    "numpy.tile": { arguments, _ in
      guard let array = array(arguments), array.texts == nil, let count = arguments.value(1, "reps")
      else { return .unknown }
      if let times = count.int, array.shape.count <= 1, times > 0,
        NDArray.count([array.data.count, times]) != nil
      {
        let data = (0..<times).flatMap { _ in array.data }
        return .array(array.with([data.count], data))
      }
      guard let times = ArrayConversion.shape(count), times.count == 2,
        times.allSatisfy({ $0 > 0 }),
        NDArray.count([array.data.count] + times) != nil
      else { return .unknown }
      let table = array.shape.count == 1 ? expanded(array, 0) : array
      guard let table, table.shape.count == 2,
        let wide = NDArray.concatenated([NDArray](repeating: table, count: times[1]), axis: 1)
      else { return .unknown }
      return result(NDArray.concatenated([NDArray](repeating: wide, count: times[0]), axis: 0))
    },
    "numpy.unique": { arguments, _ in
      guard let array = array(arguments, 0, "ar"), array.texts == nil, array.unknown.isEmpty else {
        return .unknown
      }
      let values = Set(array.data).sorted()
      let unique = Value.array(NDArray([values.count], values, array.kind, isDrawn: array.isDrawn))
      if arguments.value("return_inverse")?.truth == true {
        let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        return .tuple([unique, .array(array.map(.int) { Double(places[$0] ?? 0) })])
      }
      return arguments.named.isEmpty ? unique : .unknown
    },
    "numpy.sort": { arguments, _ in
      guard let array = array(arguments), array.shape.count == 1, array.texts == nil else {
        return .unknown
      }
      return .array(array.with(array.shape, array.data.sorted()))
    },
    "numpy.argsort": { arguments, _ in
      guard let array = array(arguments), array.shape.count == 1, array.texts == nil else {
        return .unknown
      }
      let order = array.data.indices.sorted { array.data[$0] < array.data[$1] }
      return .array(NDArray([order.count], order.map(Double.init), .int, isDrawn: array.isDrawn))
    },
    "numpy.cumsum": { arguments, _ in
      guard let array = array(arguments), array.shape.count == 1, array.texts == nil else {
        return .unknown
      }
      var total = 0.0
      return .array(
        array.map {
          total += $0
          return total
        })
    },
    "numpy.diff": { arguments, _ in
      guard let array = array(arguments), array.shape.count == 1, array.texts == nil,
        array.data.count > 1
      else { return .unknown }
      let data = zip(array.data.dropFirst(), array.data).map { $0 - $1 }
      return .array(array.with([data.count], data))
    },
    "numpy.flip": { arguments, _ in
      guard let array = array(arguments), !array.shape.isEmpty, arguments.positional.count == 1,
        array.shape.count == 1
      else { return .unknown }
      return result(array.picked(Array((0..<array.rows).reversed())))
    },
    "numpy.pad": padded,
    "numpy.atleast_2d": { arguments, _ in
      guard let array = array(arguments) else { return .unknown }
      return result(array.shape.count == 1 ? expanded(array, 0) : array)
    },
    "numpy.shape": { arguments, _ in
      guard let array = array(arguments), array.unknown.isEmpty else { return .unknown }
      return .tuple(array.fullShape.map { .int($0) })
    },
  ]

  static func expanded(_ array: NDArray, _ axis: Int) -> NDArray? {
    let place = axis < 0 ? axis + array.shape.count + 1 : axis
    guard (0...array.shape.count).contains(place) else { return nil }
    var shape = array.fullShape
    shape.insert(1, at: place)
    if place > 0 || array.declaredRows == nil { return array.reshaped(shape) }
    return nil
  }

  private static func columns(_ arrays: [NDArray], _ axis: Int?) -> NDArray? {
    let tables = arrays.map { $0.shape.count == 1 ? expanded($0, 1) ?? $0 : $0 }
    return NDArray.concatenated(tables, axis: 1)
  }

  /// A function over a list of arrays.
  private static func joined(_ body: @escaping @Sendable ([NDArray], Int?) -> NDArray?) -> Function
  {
    { arguments, evaluator in
      guard let list = arguments.value(0, "arrays") else { return .unknown }
      if let tensors = evaluator.tensors(list) { return evaluator.operation("concat", tensors) }
      guard let elements = try list.elements ?? evaluator.elements(of: list) else {
        return .unknown
      }
      let arrays = elements.map { ArrayConversion.array($0) }
      guard !arrays.isEmpty, !arrays.contains(where: { $0 == nil }) else { return .unknown }
      let axis = arguments.value(1, "axis")
      if let axis, axis.int == nil { return .unknown }
      return result(body(arrays.compactMap { $0 }, axis?.int))
    }
  }

  /// `np.pad` of two-dimensional rows by one width a side.
  private static func padded(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let array = array(arguments), array.texts == nil, array.declaredRows == nil,
      let pairs = arguments.value(1, "pad_width")?.elements?.map({ ArrayConversion.shape($0) }),
      !pairs.contains(nil), pairs.count == array.shape.count,
      pairs.allSatisfy({ $0?.count == 2 && $0?.allSatisfy { $0 >= 0 && $0 < 1000 } ?? false })
    else { return .unknown }
    let mode = arguments.value(2, "mode")?.string ?? "constant"
    guard ["constant", "wrap", "edge"].contains(mode) else { return .unknown }
    var result = array
    for (axis, pair) in pairs.enumerated() {
      guard let pair, pair != [0, 0] else { continue }
      let extent = result.shape[axis]
      guard extent > 0 else { return .unknown }
      let places: [Int?] = (-pair[0]..<extent + pair[1]).map { place in
        if (0..<extent).contains(place) { return place }
        switch mode {
        case "wrap": return ((place % extent) + extent) % extent
        case "edge": return min(max(place, 0), extent - 1)
        default: return nil
        }
      }
      let inner = result.shape[(axis + 1)...].reduce(1, *)
      let outer = result.shape[..<axis].reduce(1, *)
      guard outer * places.count * inner <= NDArray.limit else { return .unknown }
      var data: [Double] = []
      data.reserveCapacity(outer * places.count * inner)
      for first in 0..<outer {
        for place in places {
          if let place {
            let start = (first * extent + place) * inner
            data.append(contentsOf: result.data[start..<start + inner])
          } else {
            data.append(contentsOf: repeatElement(0, count: inner))
          }
        }
      }
      var shape = result.shape
      shape[axis] = places.count
      result = result.with(shape, data)
    }
    return .array(result)
  }
}
