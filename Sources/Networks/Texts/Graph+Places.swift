package import Graphs
import Tensors

extension Graph {
  /// Up to this number floats tell all whole numbers apart.
  private static let largestPlace = 1 << 24

  /// Vectors that add up what stands at each place: `[…, count] → […, depth]`, 1 for each place or
  /// its weight. Places below 0 and from `depth` on are left out.
  package mutating func counts(_ places: Value, weights: Value? = nil, depth: Int) -> Value {
    let shape = shape(places)
    let (rows, length) = (shape.extents.dropLast().reduce(1, *), shape[-1])
    let flat = reshape(places, to: [rows, length])
    let weights = weights.map { reshape($0, to: [rows, length]) }
    // Rows are taken together as far as floats can number all their places.
    let most = max(1, Self.largestPlace / max(1, depth) - 1)
    var parts: [Value] = []
    for start in stride(from: 0, to: rows, by: most) {
      let range = start..<min(start + most, rows)
      parts.append(
        counts(
          part(flat, axis: 0, range), weights.map { part($0, axis: 0, range) }, depth: depth))
    }
    let result = parts.count == 1 ? parts[0] : concatenate(parts, axis: 0)
    return reshape(result, to: Shape(shape.extents.dropLast() + [depth]))
  }

  private mutating func counts(_ places: Value, _ weights: Value?, depth: Int) -> Value {
    let shape = shape(places)
    let starts = reshape(
      scale(counting(shape[0]), by: Double(depth)), to: [shape[0], 1])
    let isPlace = multiply(
      binary(.greaterOrEqual, places, constant(0)),
      binary(.greater, constant(Double(depth)), places))
    let numbers = select(
      isPlace, add(places, starts), constant(Double(shape[0] * depth)))
    let values = weights ?? broadcast(constant(1), to: shape)
    let sums = scatterAdd(
      reshape(values, to: [shape[0], shape[1], 1]), at: numbers, rows: shape[0] * depth)
    return reshape(sums, to: [shape[0], depth])
  }
}
