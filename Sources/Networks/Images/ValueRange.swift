package import Graphs
package import JSON

/// The smallest and the largest number that images hold: Keras' `value_range`.
package struct ValueRange: Hashable, Sendable {
  /// A range of bytes, which is Keras' default.
  package static let bytes = ValueRange(low: 0, high: 255)

  package let low: Double
  package let high: Double

  /// A range.
  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Reads the range.
  package init(_ configuration: Configuration) throws {
    let numbers = try configuration.doubles("value_range") ?? [0, 255]
    guard numbers.count == 2, numbers[0] != numbers[1] else {
      throw configuration.error(
        "value_range", found: configuration.value("value_range"),
        expected: "two different numbers")
    }
    low = numbers.min() ?? 0
    high = numbers.max() ?? 0
  }

  /// Writes the range unless it is Keras' default.
  package func write(to result: inout JSONObject) {
    if self != .bytes { result["value_range"] = [.double(low), .double(high)] }
  }

  /// Numbers of this range in another one.
  package func moved(_ x: Value, to other: ValueRange, in graph: inout Graph) -> Value {
    if self == other { return x }
    let share = graph.scale(graph.add(x, -low), by: 1 / (high - low))
    return graph.add(graph.scale(share, by: other.high - other.low), other.low)
  }

  /// Numbers beyond the range brought back to its ends.
  package func clipped(_ x: Value, in graph: inout Graph) -> Value {
    graph.clip(x, low, high)
  }
}
