package import Graphs
package import JSON
import Tensors

/// How layers that move images find what lies between and beyond pixels.
package struct PlaneSampling: Hashable, Sendable {
  /// What lies beyond the edges.
  package enum FillMode: String, Hashable, Sendable, CaseIterable {
    /// One number.
    case constant
    /// The image mirrored at its edge: `d c b a | a b c d | d c b a`.
    case reflect
    /// The image again: `a b c d | a b c d | a b c d`.
    case wrap
    /// The last pixel: `a a a a | a b c d | d d d d`.
    case nearest
  }

  package let fillMode: FillMode
  package let fillValue: Double
  package let isBilinear: Bool

  /// Reads the arguments.
  ///
  /// - Parameter standard: The fill mode where none is given.
  package init(_ configuration: Configuration, default standard: FillMode = .reflect) throws {
    let mode = try configuration.string("fill_mode", default: standard.rawValue)
    guard let fillMode = FillMode(rawValue: mode) else {
      throw configuration.error(
        "fill_mode", found: .string(mode),
        expected: "one of " + FillMode.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.fillMode = fillMode
    fillValue = try configuration.double("fill_value", default: 0)
    let interpolation = try configuration.string("interpolation", default: "bilinear")
    guard ["bilinear", "nearest"].contains(interpolation) else {
      throw configuration.error(
        "interpolation", found: .string(interpolation), expected: "bilinear or nearest")
    }
    isBilinear = interpolation == "bilinear"
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject, default standard: FillMode = .reflect) {
    result.set("fill_mode", fillMode.rawValue, default: standard.rawValue)
    result.set("fill_value", fillValue, default: 0)
    result.set("interpolation", isBilinear ? "bilinear" : "nearest", default: "bilinear")
  }

  /// Where a place along an axis that may lie beyond its ends is looked up.
  package func inside(_ index: Value, extent: Int, in graph: inout Graph) -> Value {
    let count = Double(extent)
    switch fillMode {
    case .constant: return index
    case .nearest: return graph.clip(index, 0, count - 1)
    case .wrap: return remainder(index, count, in: &graph)
    case .reflect:
      // A wave of period 2 · extent that runs up, rests, runs down, rests.
      let place = remainder(index, 2 * count, in: &graph)
      return graph.binary(.minimum, place, graph.subtract(2 * count - 1, place))
    }
  }

  private func remainder(_ index: Value, _ count: Double, in graph: inout Graph) -> Value {
    let turns = graph.unary(.floor, graph.divide(index, graph.constant(count)))
    return graph.subtract(index, graph.scale(turns, by: count))
  }

  /// The pixels around places along an axis, with their weights.
  package func taps(
    _ places: Value, in graph: inout Graph
  ) -> [(index: Value, weight: Value)] {
    guard isBilinear else {
      // To the nearest whole number, halves away from 0.
      let size = graph.unary(.floor, graph.add(graph.unary(.absolute, places), 0.5))
      let index = graph.multiply(graph.unary(.sign, places), size)
      return [(index, graph.constant(1, shape: graph.shape(places)))]
    }
    let lower = graph.unary(.floor, places)
    let share = graph.subtract(places, lower)
    return [(lower, graph.subtract(1, share)), (graph.add(lower, 1), share)]
  }

  /// Images whose rows and columns are looked up at other places.
  ///
  /// - Parameters:
  ///   - images: `[batch, rows, columns, channels]`
  ///   - rows: For each row of the result where it stands in the image, `[batch, new rows]`.
  ///   - columns: The same of the columns.
  package func moved(
    _ images: Value, rows: Value, columns: Value, in graph: inout Graph
  ) -> Value {
    let shape = graph.shape(images)
    let vertical = weights(rows, extent: shape[1], in: &graph)
    let horizontal = weights(columns, extent: shape[2], in: &graph)
    let result = graph.resampled(
      graph.resampled(images, axis: 1, by: vertical), axis: 2, by: horizontal)
    guard fillMode == .constant, fillValue != 0 else { return result }
    // What the weights leave open lies beyond the edges.
    let extents = graph.shape(result).extents
    let inside = graph.multiply(
      graph.reshape(graph.sum(vertical, axes: [2]), to: [shape[0], extents[1], 1, 1]),
      graph.reshape(graph.sum(horizontal, axes: [2]), to: [shape[0], 1, extents[2], 1]))
    return graph.add(result, graph.scale(graph.subtract(1, inside), by: fillValue))
  }

  /// The weights of the old places for each of the new ones, `[batch, new, old]`.
  private func weights(_ places: Value, extent: Int, in graph: inout Graph) -> Value {
    let target = Shape(graph.shape(places).extents + [1])
    let parts = taps(places, in: &graph).map { tap in
      let index = inside(tap.index, extent: extent, in: &graph)
      return graph.multiply(
        graph.oneHot(index, classes: extent), graph.reshape(tap.weight, to: target))
    }
    return parts.dropFirst().reduce(parts[0]) { graph.add($0, $1) }
  }
}
