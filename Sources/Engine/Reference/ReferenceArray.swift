import Graphs
import Tensors

/// An array of doubles in row-major order, and every operation on it written out as its definition.
struct ReferenceArray {
  let shape: Shape
  var elements: [Double]

  init(_ shape: Shape, _ elements: [Double]) {
    precondition(shape.count == elements.count, "\(elements.count) elements for shape \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// An array whose elements follow from their places.
  init(_ shape: Shape, _ element: ([Int]) -> Double) {
    self.shape = shape
    elements = shape.places.map(element)
  }

  subscript(place: [Int]) -> Double { elements[zip(place, shape.strides).map(*).reduce(0, +)] }

  /// The result of an operation that is not a leaf.
  static func apply(
    _ operation: Operation, _ operands: [ReferenceArray], shape: Shape
  ) -> ReferenceArray {
    switch operation {
    case .input, .parameter, .random:
      preconditionFailure("\(operation) is a leaf")
    case .recurrence:
      preconditionFailure("\(operation) is written out before")
    case .constant(let number):
      return ReferenceArray(shape, [Double](repeating: number, count: shape.count))
    case .unary(let function):
      return ReferenceArray(shape, operands[0].elements.map { function($0) })
    case .binary(let function):
      let pairs = zip(operands[0].elements, operands[1].elements)
      return ReferenceArray(shape, pairs.map { function($0, $1) })
    case .select:
      let choices = zip(operands[1].elements, operands[2].elements)
      return ReferenceArray(
        shape, zip(operands[0].elements, choices).map { $0 != 0 ? $1.0 : $1.1 })
    case .broadcast:
      let source = operands[0]
      return ReferenceArray(shape) { place in
        source[zip(place, source.shape.extents).map { $1 == 1 ? 0 : $0 }]
      }
    case .reshape, .stopGradient:
      return ReferenceArray(shape, operands[0].elements)
    case .transpose(let permutation):
      return ReferenceArray(shape) { place in
        var origin = place
        for (axis, source) in permutation.enumerated() { origin[source] = place[axis] }
        return operands[0][origin]
      }
    case .slice(let starts, let strides):
      return ReferenceArray(shape) { place in
        operands[0][place.indices.map { starts[$0] + place[$0] * strides[$0] }]
      }
    case .pad(let low, _, let interior):
      var result = ReferenceArray(shape, [Double](repeating: 0, count: shape.count))
      let strides = shape.strides
      for (place, element) in zip(operands[0].shape.places, operands[0].elements) {
        let target = place.indices.map { low[$0] + place[$0] * (interior[$0] + 1) }
        result.elements[zip(target, strides).map(*).reduce(0, +)] = element
      }
      return result
    case .concatenate(let axis):
      return ReferenceArray(shape) { place in
        var place = place
        var part = 0
        while place[axis] >= operands[part].shape.extents[axis] {
          place[axis] -= operands[part].shape.extents[axis]
          part += 1
        }
        return operands[part][place]
      }
    case .reverse(let axes):
      return ReferenceArray(shape) { place in
        operands[0][
          place.indices.map { axes.contains($0) ? shape.extents[$0] - 1 - place[$0] : place[$0] }]
      }
    case .convolution(let form, let window, let groups):
      return convolution(form, operands, window, groups: groups, shape)
    case .window(let function, let window):
      return windowed(function, operands, window, shape)
    case .gather, .scatterAdd:
      return lookup(operation, operands, shape)
    case .reduce(let reduction, let axes):
      return operands[0].reduced(reduction, axes: axes, to: shape)
    case .argMax(let axis):
      return ReferenceArray(shape) { place in operands[0].argMax(axis: axis, at: place) }
    case .matrixProduct(let transposeLeft, let transposeRight):
      return product(operands[0], operands[1], transposeLeft, transposeRight, shape)
    case .oneHot:
      return ReferenceArray(shape) { place in
        operands[0][Array(place.dropLast())] == Double(place[place.count - 1]) ? 1 : 0
      }
    }
  }

  /// For each matrix of the batch, row and column: Σ over k of left[row, k] · right[k, column].
  private static func product(
    _ left: ReferenceArray, _ right: ReferenceArray, _ transposeLeft: Bool,
    _ transposeRight: Bool, _ shape: Shape
  ) -> ReferenceArray {
    let (rows, columns) = (shape[-2], shape[-1])
    let inner = left.shape[transposeLeft ? -2 : -1]
    var elements: [Double] = []
    for batch in 0..<shape.extents.dropLast(2).reduce(1, *) {
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = 0.0
          for k in 0..<inner {
            let a = transposeLeft ? k * rows + row : row * inner + k
            let b = transposeRight ? column * inner + k : k * columns + column
            sum +=
              left.elements[batch * rows * inner + a] * right.elements[batch * inner * columns + b]
          }
          elements.append(sum)
        }
      }
    }
    return ReferenceArray(shape, elements)
  }

  private func reduced(_ reduction: Reduction, axes: [Int], to shape: Shape) -> ReferenceArray {
    let start =
      switch reduction {
      case .sum: 0.0
      case .maximum: -Double.infinity
      }
    let larger = BinaryOperation.maximum
    var result = ReferenceArray(shape, [Double](repeating: start, count: shape.count))
    let strides = shape.strides
    for (place, element) in zip(self.shape.places, elements) {
      let kept = place.indices.filter { !axes.contains($0) }.map { place[$0] }
      let target = zip(kept, strides).map(*).reduce(0, +)
      switch reduction {
      case .sum: result.elements[target] += element
      case .maximum:
        result.elements[target] = larger(result.elements[target], element)
      }
    }
    return result
  }

  /// The first of the largest elements along an axis; a NaN counts as the largest, as in NumPy.
  private func argMax(axis: Int, at place: [Int]) -> Double {
    var best = -Double.infinity
    var position = 0
    for candidate in 0..<shape.extents[axis] {
      var origin = place
      origin.insert(candidate, at: axis)
      let element = self[origin]
      if element.isNaN { return Double(candidate) }
      if element > best { (best, position) = (element, candidate) }
    }
    return Double(position)
  }
}

extension Shape {
  /// Every place of an array of this shape, in row-major order.
  var places: [[Int]] {
    extents.reduce([[]]) { prefixes, extent in
      prefixes.flatMap { prefix in (0..<extent).map { prefix + [$0] } }
    }
  }
}
