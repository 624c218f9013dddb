package import Graphs
package import JSON
import Tensors

/// In training, replaces the pixels of each channel so that all values become equally frequent:
/// each by the share of the pixels of the batch that are not brighter.
package struct Equalization: AugmentationLayer {
  package static let className = "Equalization"
  /// More bins than there are brightnesses; files may hold any number.
  private static let mostBins = 4096
  package let arguments: ImageArguments
  package let bins: Int
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    bins = try configuration.extents("bins", axes: 1, default: [256], in: 2...Self.mostBins)[0]
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("bins", bins, default: 256)
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let channels = shape[-1]
    let bytes = range.moved(x, to: .bytes, in: &scope.graph)
    let last = Double(bins - 1)
    // Each channel has bins of its own, one behind the other.
    let first = scope.graph.scale(scope.graph.counting(channels), by: Double(bins))
    func bin(_ place: Value) -> Value {
      let whole = scope.graph.unary(.floor, scope.graph.clip(place, 0, last))
      return scope.graph.add(whole, first)
    }
    // Keras rounds in two ways when it counts and when it looks up.
    let full = scope.graph.constant(255)
    let counted = bin(scope.graph.divide(scope.graph.scale(bytes, by: last), full))
    let sought = bin(scope.graph.scale(scope.graph.divide(bytes, full), by: last))
    let ones = scope.graph.constant(1, shape: Shape(shape.extents + [1]))
    let frequencies = scope.graph.reshape(
      scope.graph.scatterAdd(ones, at: counted, rows: channels * bins), to: [channels, bins])
    let table = brightness(frequencies, in: &scope.graph)
    let found = scope.graph.reshape(
      scope.graph.gather(
        scope.graph.reshape(table, to: [channels * bins, 1]), at: sought), to: shape)
    let isUsed = scope.graph.isGreater(frequencies, 0)
    let isFlat = scope.graph.isLess(scope.graph.sum(isUsed, axes: [1]), 2)
    let result = scope.graph.select(isFlat, bytes, found)
    return ValueRange.bytes.moved(result, to: range, in: &scope.graph)
  }

  /// For each bin of each channel what its pixels become.
  private func brightness(_ frequencies: Value, in graph: inout Graph) -> Value {
    let places = graph.counting(bins)
    let isUpTo = graph.binary(
      .greaterOrEqual, graph.reshape(places, to: [1, bins]),
      graph.reshape(places, to: [bins, 1]))
    let total = graph.matrixProduct(frequencies, isUpTo)
    let largest = graph.maximum(total, axes: [1], keepAxes: true)
    let isReached = graph.isGreater(total, 0)
    let above = graph.select(isReached, total, largest)
    let least = graph.unary(
      .negate, graph.maximum(graph.unary(.negate, above), axes: [1], keepAxes: true))
    let spread = graph.maximum(graph.subtract(largest, least), 1)
    let share = graph.divide(graph.scale(graph.subtract(total, least), by: 255), spread)
    return graph.clip(graph.unary(.round, share), 0, 255)
  }
}
