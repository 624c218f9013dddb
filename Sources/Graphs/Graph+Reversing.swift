import Tensors

extension Graph {
  /// The elements in the opposite order along the given axes.
  public mutating func reversed(_ value: Value, axes: [Int]) -> Value {
    let extents = shape(value).extents
    let turned = Set(axes.map { shape(value).normalized($0) }).filter { extents[$0] > 1 }
    if turned.isEmpty { return value }
    // A slice that starts at the end and steps back.
    let starts = extents.indices.map { turned.contains($0) ? extents[$0] - 1 : 0 }
    let strides = extents.indices.map { turned.contains($0) ? -1 : 1 }
    return append(
      .slice(starts: starts, strides: strides), [value], shape: Shape(extents))
  }
}
