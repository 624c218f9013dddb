package import Graphs
import Tensors

// Planes `[batch, rows, columns, channels]` at other places: resized, cropped, moved. A new row is
// a weighted sum of the old ones, so that each axis is one matrix product.
extension Graph {
  /// 0, 1, …, count − 1.
  ///
  /// Made by doubling, since a graph has no arrays of its own: log₂ count operations.
  package mutating func counting(_ count: Int) -> Value {
    if count <= 1 { return constant(0, shape: [count]) }
    let half = counting((count + 1) / 2)
    let rest = slice(half, starts: [0], sizes: [count / 2])
    return concatenate([half, add(rest, Double((count + 1) / 2))], axis: 0)
  }

  /// Σ coefficients[i] · xⁱ
  package mutating func polynomial(_ x: Value, _ coefficients: [Double]) -> Value {
    var result = constant(coefficients.last ?? 0)
    for coefficient in coefficients.dropLast().reversed() {
      result = add(multiply(result, x), coefficient)
    }
    return result
  }

  /// The rows or columns of planes replaced by weighted sums of them.
  ///
  /// - Parameters:
  ///   - planes: `[batch, …, channels]`
  ///   - axis: The axis that is replaced.
  ///   - matrix: The weights, `[new, old]`, or `[batch, new, old]` to give each row of the batch
  ///     its own.
  package mutating func resampled(_ planes: Value, axis: Int, by matrix: Value) -> Value {
    let source = shape(planes)
    let isOwn = shape(matrix).rank == 3
    // The axis to the front (behind the batch if each has its own matrix), the others behind it.
    let front = isOwn ? [0, axis] : [axis]
    let order = front + (0..<source.rank).filter { !front.contains($0) }
    let moved = transpose(planes, order)
    let extents = shape(moved).extents
    let lead = isOwn ? 1 : 0
    let rest = extents[(lead + 1)...].reduce(1, *)
    let product = matrixProduct(
      matrix, reshape(moved, to: Shape(extents[...lead] + [rest])))
    var result = extents
    result[lead] = shape(matrix)[-2]
    let inverse = order.indices.sorted { order[$0] < order[$1] }
    return transpose(reshape(product, to: Shape(result)), inverse)
  }

  /// Planes with another number of rows and columns, as `jax.image.resize` computes them.
  ///
  /// - Parameter antialias: Whether shrinking takes the mean over what vanishes.
  package mutating func resized(
    _ planes: Value, to sizes: [Int], by interpolation: Interpolation, antialias: Bool = false
  ) -> Value {
    var result = planes
    for (position, size) in sizes.enumerated() {
      let axis = position + 1
      let extent = shape(result).extents[axis]
      if extent == size { continue }
      if interpolation == .nearest, size % extent == 0 {
        result = repeated(result, axis: axis, times: size / extent)
        continue
      }
      let matrix = resizingWeights(extent, to: size, by: interpolation, antialias: antialias)
      result = resampled(result, axis: axis, by: matrix)
    }
    return result
  }

  /// The weights `[new, old]` of resizing.
  private mutating func resizingWeights(
    _ old: Int, to new: Int, by interpolation: Interpolation, antialias: Bool
  ) -> Value {
    let step = Double(old) / Double(new)
    let middles = scale(add(counting(new), 0.5), by: step)
    if interpolation == .nearest { return oneHot(unary(.floor, middles), classes: old) }
    let places = reshape(add(middles, -0.5), to: [new, 1])
    let away = unary(.absolute, subtract(places, reshape(counting(old), to: [1, old])))
    let width = antialias ? max(step, 1) : 1
    let weights = interpolation.weight(scale(away, by: 1 / width), in: &self)
    return divide(weights, sum(weights, axes: [1], keepAxes: true))
  }
}

extension Graph {
  /// Every element and its neighbours along an axis in given weights; zeros stand at the ends.
  ///
  /// - Parameter weights: An odd number of values that broadcast to the planes.
  package mutating func smeared(_ planes: Value, axis: Int, by weights: [Value]) -> Value {
    let extents = shape(planes).extents
    var margin = [Int](repeating: 0, count: extents.count)
    margin[axis] = weights.count / 2
    let padded = pad(planes, low: margin, high: margin)
    let parts = weights.enumerated().map { place, weight -> Value in
      var starts = [Int](repeating: 0, count: extents.count)
      starts[axis] = place
      return multiply(slice(padded, starts: starts, sizes: extents), weight)
    }
    return parts.dropFirst().reduce(parts[0]) { add($0, $1) }
  }

  /// The largest window of given proportions from the middle of planes, resized: Keras'
  /// `smart_resize`.
  package mutating func middle(
    _ planes: Value, height: Int, width: Int, by interpolation: Interpolation = .bilinear,
    antialias: Bool = false
  ) -> Value {
    let extents = shape(planes).extents
    let (rows, columns) = (extents[1], extents[2])
    // Rounded down as Keras rounds them.
    let tall = max(min(rows, Int(Double(columns * height) / Double(width))), 1)
    let wide = max(min(columns, Int(Double(rows * width) / Double(height))), 1)
    let window = slice(
      planes, starts: [0, (rows - tall) / 2, (columns - wide) / 2, 0],
      sizes: [extents[0], tall, wide, extents[3]])
    return resized(window, to: [height, width], by: interpolation, antialias: antialias)
  }
}
