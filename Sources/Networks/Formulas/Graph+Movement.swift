package import Graphs
import Tensors

// Parts of a value, and axes that come and go.
extension Graph {
  /// The elements of a range along one axis.
  package mutating func part(_ value: Value, axis: Int, _ range: Range<Int>) -> Value {
    var sizes = shape(value).extents
    var starts = [Int](repeating: 0, count: sizes.count)
    starts[axis] = range.lowerBound
    sizes[axis] = range.count
    return slice(value, starts: starts, sizes: sizes)
  }

  /// Equal parts along the last axis.
  package mutating func parts(_ value: Value, count: Int) -> [Value] {
    let axis = shape(value).rank - 1
    let extent = shape(value)[-1] / count
    return (0..<count).map { part(value, axis: axis, $0 * extent..<($0 + 1) * extent) }
  }

  /// One element along an axis, which vanishes.
  package mutating func element(_ value: Value, axis: Int, _ index: Int) -> Value {
    var extents = shape(value).extents
    extents.remove(at: axis)
    return reshape(part(value, axis: axis, index..<index + 1), to: Shape(extents))
  }

  /// A new axis of extent 1.
  package mutating func expanded(_ value: Value, axis: Int) -> Value {
    var extents = shape(value).extents
    extents.insert(1, at: axis)
    return reshape(value, to: Shape(extents))
  }

  /// Values of the same shape one after the other along a new axis.
  package mutating func stacked(_ values: [Value], axis: Int) -> Value {
    concatenate(values.map { expanded($0, axis: axis) }, axis: axis)
  }

  /// The first two axes exchanged.
  package mutating func swappedFirstAxes(_ value: Value) -> Value {
    transpose(value, [1, 0] + Array(2..<shape(value).rank))
  }
}
