import Graphs
import JSON
import Tensors

/// Parts of a tensor: `x[:, 1:3, -1]`, `ops.take`.
enum IndexingOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "GetItem": { call in
      let x = try call.operand(0, "x")
      guard let key = call.option("key", position: 1) else {
        throw call.error("no index", expected: "numbers and slices")
      }
      let isOne = key.array == nil
      return [try item(x, isOne ? [key] : key.array ?? [], in: &call)]
    },
    "Take": { call in
      let x = try call.operand(0, "x")
      let shape = call.shape(x)
      guard let index = call.option("indices", position: 1)?.int,
        let axis = try call.ints("axis")?.first
      else { throw call.error("indices", expected: "one number and an axis") }
      let along = try call.axis(axis, rank: shape.rank)
      let place = try call.axis(index, rank: shape.extents[along])
      var extents = shape.extents
      extents.remove(at: along)
      let part = call.graph.part(x, axis: along, place..<place + 1)
      return [call.graph.reshape(part, to: Shape(extents))]
    },
  ]

  /// Follows NumPy's basic indexing: numbers take an axis away, `None` adds one, `...` stands for as
  /// many `:` as are missing.
  private static func item(
    _ x: Value, _ keys: [JSONValue], in call: inout OperationCall
  ) throws -> Value {
    let shape = call.shape(x)
    let used = keys.count { !$0.isNull && $0["class_name"]?.string != "__ellipsis__" }
    guard used <= shape.rank else {
      throw call.error("\(used) indices", expected: "at most \(shape.rank) for shape \(shape)")
    }
    var (starts, sizes, steps, kept) = ([Int](), [Int](), [Int](), [Int]())
    var flips: [Int] = []
    func take(_ start: Int, _ size: Int, _ step: Int) {
      starts.append(start)
      sizes.append(size)
      steps.append(step)
    }
    func takeAll() {
      kept.append(shape.extents[starts.count])
      take(0, shape.extents[starts.count], 1)
    }
    for key in keys {
      if key.isNull {
        kept.append(1)
      } else if key["class_name"]?.string == "__ellipsis__" {
        for _ in 0..<shape.rank - used { takeAll() }
      } else if let index = key.int {
        take(try call.axis(index, rank: shape.extents[starts.count]), 1, 1)
      } else if key["class_name"]?.string == "__slice__", let config = key["config"] {
        let extent = shape.extents[starts.count]
        // A step beyond the extent takes one element, however long it is.
        let step = min(max(config["step"]?.int ?? 1, -extent - 1), extent + 1)
        guard step != 0 else { throw call.error("a step of 0", expected: "another step") }
        let range = bounds(config, step: step, extent: extent)
        let count = step > 0 ? range.end - range.start : range.start - range.end
        let size = (count + abs(step) - 1) / abs(step)
        guard size > 0 else { throw call.error("an empty slice", expected: "an element or more") }
        if step < 0 { flips.append(starts.count) }
        take(step > 0 ? range.start : range.start - (size - 1) * -step, size, abs(step))
        kept.append(size)
      } else {
        throw call.error(key.abbreviated, expected: "numbers, slices, None or ...")
      }
    }
    while starts.count < shape.rank { takeAll() }
    var result = call.graph.slice(x, starts: starts, sizes: sizes, strides: steps)
    result = call.graph.reversed(result, axes: flips)
    return call.graph.reshape(result, to: Shape(kept))
  }

  /// Where a slice begins and ends, as Python's `slice.indices` says.
  private static func bounds(
    _ config: JSONValue, step: Int, extent: Int
  ) -> (start: Int, end: Int) {
    func place(_ value: JSONValue?, _ standard: Int) -> Int {
      guard let index = value?.int else { return standard }
      let (low, high) = step > 0 ? (0, extent) : (-1, extent - 1)
      let absolute = index < 0 ? max(index, -extent - 1) + extent : index
      return min(max(absolute, low), high)
    }
    let start = place(config["start"], step > 0 ? 0 : extent - 1)
    let end = place(config["stop"], step > 0 ? extent : -1)
    return (start, step > 0 ? max(start, end) : min(start, end))
  }
}
