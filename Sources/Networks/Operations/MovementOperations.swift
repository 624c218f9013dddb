import Graphs
import JSON
import Tensors

/// Operations that move elements, and casts.
enum MovementOperations {
  /// More elements than one array of a model ever has.
  private static let largestCount = 1 << 40
  /// More results than an operation that someone wrote has.
  private static let largestPartCount = 4096

  static let all: [String: OperationCatalogue.Builder] = [
    "Reshape": { call in
      let x = try call.operand(0, "x")
      let wanted = try call.ints("newshape") ?? []
      return [try reshape(x, to: wanted, in: &call)]
    },
    "Ravel": { call in
      let x = try call.operand(0, "x")
      return [call.graph.reshape(x, to: [call.shape(x).count])]
    },
    "Transpose": { call in
      let x = try call.operand(0, "x")
      let rank = call.shape(x).rank
      let order = try (call.ints("axes") ?? (0..<rank).reversed()).map {
        try call.axis($0, rank: rank)
      }
      return [try transpose(x, order, in: &call)]
    },
    "Swapaxes": { call in
      let x = try call.operand(0, "x")
      var order = Array(0..<call.shape(x).rank)
      let first = try call.axis(try call.int("axis1", default: 0), rank: order.count)
      let second = try call.axis(try call.int("axis2", default: 1), rank: order.count)
      order.swapAt(first, second)
      return [try transpose(x, order, in: &call)]
    },
    "Moveaxis": { call in
      let x = try call.operand(0, "x")
      let rank = call.shape(x).rank
      let from = try (call.ints("source") ?? []).map { try call.axis($0, rank: rank) }
      let to = try (call.ints("destination") ?? []).map { try call.axis($0, rank: rank) }
      guard from.count == to.count, Set(from).count == from.count, Set(to).count == to.count else {
        throw call.error("axes \(from) to \(to)", expected: "as many places as axes")
      }
      var order = (0..<rank).filter { !from.contains($0) }
      for (axis, place) in zip(from, to).sorted(by: { $0.1 < $1.1 }) {
        order.insert(axis, at: min(place, order.count))
      }
      return [try transpose(x, order, in: &call)]
    },
    "ExpandDims": { call in
      let x = try call.operand(0, "x")
      var extents = call.shape(x).extents
      let axes = try (call.ints("axis") ?? [0])
      let rank = extents.count + axes.count
      for axis in try axes.map({ try call.axis($0, rank: rank) }).sorted() {
        extents.insert(1, at: min(axis, extents.count))
      }
      return [call.graph.reshape(x, to: Shape(extents))]
    },
    "Squeeze": { call in
      let x = try call.operand(0, "x")
      let shape = call.shape(x)
      let axes = try call.ints("axis").map { try $0.map { try call.axis($0, rank: shape.rank) } }
      let gone = axes ?? (0..<shape.rank).filter { shape.extents[$0] == 1 }
      guard gone.allSatisfy({ shape.extents[$0] == 1 }) else {
        throw call.error("an operand of shape \(shape)", expected: "1 along the axes \(gone)")
      }
      let extents = (0..<shape.rank).filter { !gone.contains($0) }.map { shape.extents[$0] }
      return [call.graph.reshape(x, to: Shape(extents))]
    },
    "Concatenate": { call in
      let parts = try call.list(0, "xs")
      return [try joined(parts, axis: try call.int("axis", default: 0), in: &call)]
    },
    "Stack": { call in
      let parts = try call.list(0, "x")
      var extents = call.shape(parts[0]).extents
      let axis = try call.axis(try call.int("axis", default: 0), rank: extents.count + 1)
      extents.insert(1, at: axis)
      guard parts.allSatisfy({ call.shape($0) == call.shape(parts[0]) }) else {
        let shapes = parts.map { call.shape($0).description }.joined(separator: " and ")
        throw call.error("operands of shapes \(shapes)", expected: "equal shapes")
      }
      let thin = parts.map { call.graph.reshape($0, to: Shape(extents)) }
      return [try joined(thin, axis: axis, in: &call)]
    },
    "Split": split,
    "Flip": { call in
      var x = try call.operand(0, "x")
      x = call.graph.reversed(x, axes: try call.axes(x))
      return [x]
    },
    "Tile": { call in
      var x = try call.operand(0, "x")
      var times = try call.ints("repeats") ?? [1]
      let rank = max(times.count, call.shape(x).rank)
      times = [Int](repeating: 1, count: rank - times.count) + times
      var extents = call.shape(x).extents
      extents = [Int](repeating: 1, count: rank - extents.count) + extents
      x = call.graph.reshape(x, to: Shape(extents))
      for (axis, count) in times.enumerated() {
        try require(call.shape(x), times: count, in: call)
        var extents = call.shape(x).extents
        let row = call.graph.expanded(x, axis: axis)
        let wide = call.graph.broadcast(
          row, to: Shape(extents[..<axis] + [count] + extents[axis...]))
        extents[axis] *= count
        x = call.graph.reshape(wide, to: Shape(extents))
      }
      return [x]
    },
    "Repeat": { call in
      let x = try call.operand(0, "x")
      guard let axis = try call.ints("axis")?.first, let times = try call.ints("repeats"),
        times.count == 1
      else { throw call.error("no axis", expected: "an axis and one number of repeats") }
      try require(call.shape(x), times: times[0], in: call)
      let along = try call.axis(axis, rank: call.shape(x).rank)
      return [call.graph.repeated(x, axis: along, times: times[0])]
    },
    "BroadcastTo": { call in
      let x = try call.operand(0, "x")
      let wanted = try call.ints("shape") ?? []
      guard wanted.allSatisfy({ $0 > 0 }), Shape(wanted).count <= largestCount,
        call.shape(x).rank <= wanted.count, canBroadcast(call.shape(x), Shape(wanted)),
        broadcastShape(call.shape(x), Shape(wanted)) == Shape(wanted)
      else {
        throw call.error("\(call.shape(x)) to \(wanted)", expected: "a shape that it can fill")
      }
      return [call.graph.broadcast(x, to: Shape(wanted))]
    },
    "Pad": { call in
      let x = try call.operand(0, "x")
      let pairs = (call.option("pad_width")?.array ?? []).map { $0.array?.compactMap(\.int) ?? [] }
      guard call.option("mode")?.string ?? "constant" == "constant",
        (call.option("constant_values")?.double ?? 0) == 0, pairs.count == call.shape(x).rank,
        pairs.allSatisfy({ $0.count == 2 && $0.allSatisfy { (0...1 << 20).contains($0) } })
      else { throw call.error("padding", expected: "a pair of numbers for each axis, with zeros") }
      return [call.graph.pad(x, low: pairs.map { $0[0] }, high: pairs.map { $0[1] })]
    },
    "ZerosLike": like(0), "OnesLike": like(1),
    "Cast": { call in
      let x = try call.operand(0, "x")
      return [call.graph.cast(x, to: call.option("dtype")?.string ?? "float32")]
    },
    "ConvertToTensor": { call in
      let x = try call.operand(0, "x")
      return [call.option("dtype")?.string.map { call.graph.cast(x, to: $0) } ?? x]
    },
    "Cumsum": { call in
      let x = try call.operand(0, "x")
      guard let axis = try call.ints("axis")?.first else {
        throw call.error("no axis", expected: "an axis")
      }
      return [
        call.graph.cumulativeSum(x, axis: try call.axis(axis, rank: call.shape(x).rank))
      ]
    },
    "OneHot": { call in
      let x = try call.operand(0, "x")
      let classes = try call.int("num_classes", default: 0)
      guard classes > 0, try call.int("axis", default: -1) == -1 else {
        throw call.error("\(classes) classes", expected: "one or more, along the last axis")
      }
      try require(call.shape(x), times: classes, in: call)
      return [call.graph.oneHot(x, classes: classes)]
    },
  ]

  private static func require(_ shape: Shape, times: Int, in call: OperationCall) throws {
    guard times > 0, times <= largestCount, shape.count <= largestCount / times else {
      throw call.error("\(times) times \(shape)", expected: "1 to \(largestCount) elements")
    }
  }

  private static func like(_ number: Double) -> OperationCatalogue.Builder {
    { call in
      let x = try call.operand(0, "x")
      return [call.graph.constant(number, shape: call.shape(x))]
    }
  }

  /// The shape of the file names the batch of the model as it was built: −1 or a number. Ours may
  /// have another, so that the first −1 takes what is left.
  private static func reshape(
    _ x: Value, to wanted: [Int], in call: inout OperationCall
  ) throws -> Value {
    let count = call.shape(x).count
    var extents = wanted
    if let open = extents.firstIndex(of: -1) {
      extents[open] = 1
      guard extents.allSatisfy({ $0 > 0 }), count % Shape(extents).count == 0 else {
        throw call.error("\(call.shape(x)) to \(wanted)", expected: "as many elements")
      }
      extents[open] = count / Shape(extents).count
    }
    guard extents.allSatisfy({ $0 > 0 }), Shape(extents).count == count else {
      throw call.error("\(call.shape(x)) to \(wanted)", expected: "as many elements")
    }
    return call.graph.reshape(x, to: Shape(extents))
  }

  private static func transpose(
    _ x: Value, _ order: [Int], in call: inout OperationCall
  ) throws -> Value {
    guard order.sorted() == Array(0..<call.shape(x).rank) else {
      throw call.error("the order \(order)", expected: "every axis of \(call.shape(x)) once")
    }
    return call.graph.transpose(x, order)
  }

  private static func joined(
    _ parts: [Value], axis: Int, in call: inout OperationCall
  ) throws -> Value {
    let along = try call.axis(axis, rank: call.shape(parts[0]).rank)
    let others = Set(
      parts.map { part in
        call.shape(part).extents.enumerated().map { $0.offset == along ? -1 : $0.element }
      })
    guard others.count == 1 else {
      let shapes = parts.map { call.shape($0).description }.joined(separator: " and ")
      throw call.error("operands of shapes \(shapes)", expected: "equal ones but along \(along)")
    }
    return call.graph.concatenate(parts, axis: along)
  }

  private static let split: OperationCatalogue.Builder = { call in
    let x = try call.operand(0, "x")
    let shape = call.shape(x)
    let along = try call.axis(try call.int("axis", default: 0), rank: shape.rank)
    let extent = shape.extents[along]
    var cuts: [Int]
    if let count = call.option("indices_or_sections")?.int {
      guard (1...largestPartCount).contains(count), extent % count == 0 else {
        throw call.error(
          "\(count) parts of \(extent)", expected: "up to \(largestPartCount) of equal size")
      }
      cuts = (1..<max(1, count)).map { $0 * (extent / count) }
    } else {
      cuts = try call.ints("indices_or_sections") ?? []
    }
    cuts = [0] + cuts + [extent]
    guard zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw call.error("cuts at \(cuts)", expected: "growing places within \(extent)")
    }
    return zip(cuts, cuts.dropFirst()).map { start, end in
      call.graph.part(x, axis: along, start..<end)
    }
  }
}
