package import Graphs
package import JSON

/// Each channel of each image stretched to the whole value range; channels of one number stay.
package struct AutoContrast: PlaneLayer {
  package static let className = "AutoContrast"
  package static let axisCount = 2
  package let range: ValueRange
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    range = try ValueRange(configuration)
    order = .last
    // Keras reads the minimum along the second and third axis, whatever the data format says.
    guard try ChannelOrder(configuration) == .last else {
      throw configuration.error(
        "data_format", found: "channels_first",
        expected: "channels_last (channels_first is not supported)")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    range.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let bytes = range.moved(x, to: .bytes, in: &scope.graph)
    let high = scope.graph.maximum(bytes, axes: [1, 2], keepAxes: true)
    let negative = scope.graph.unary(.negate, bytes)
    let low = scope.graph.unary(
      .negate, scope.graph.maximum(negative, axes: [1, 2], keepAxes: true))
    let spread = scope.graph.subtract(high, low)
    let isFlat = scope.graph.binary(.equal, spread, scope.graph.constant(0))
    let safe = scope.graph.select(isFlat, scope.graph.constant(1), spread)
    let scale = scope.graph.divide(scope.graph.constant(255), safe)
    let stretched = scope.graph.multiply(scope.graph.subtract(bytes, low), scale)
    let result = ValueRange.bytes.moved(
      ValueRange.bytes.clipped(stretched, in: &scope.graph), to: range, in: &scope.graph)
    return scope.graph.select(isFlat, x, result)
  }
}
