package import Graphs
package import JSON
package import Tensors

/// Between which numbers a random layer draws: Keras' `factor`.
package struct RandomRange: Hashable, Sendable {
  package let lower: Double
  package let upper: Double
  private let least: Double

  /// A range.
  package init(_ lower: Double, _ upper: Double) {
    (self.lower, self.upper, least) = (lower, upper, -.infinity)
  }

  /// Reads a range: two numbers, or one that reaches as far down as up.
  ///
  /// - Parameters:
  ///   - standard: What holds where the configuration says nothing; `nil` if it must.
  ///   - bounds: Between which numbers the range must lie.
  ///   - least: What a single number reaches down to at most.
  package init(
    _ key: String, _ configuration: Configuration, default standard: Double? = nil,
    bounds: ClosedRange<Double> = -1...1, least: Double? = nil
  ) throws {
    guard let numbers = try configuration.doubles(key) ?? standard.map({ [$0] }),
      (1...2).contains(numbers.count), numbers.allSatisfy({ bounds.contains($0) })
    else {
      throw configuration.error(
        key, found: configuration.value(key),
        expected: "one or two numbers from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    let least = least ?? bounds.lowerBound
    self.least = least
    lower = numbers.count == 1 ? max(-abs(numbers[0]), least) : min(numbers[0], numbers[1])
    upper = numbers.count == 1 ? abs(numbers[0]) : max(numbers[0], numbers[1])
  }

  /// The range as Keras reads it.
  package var json: JSONValue {
    lower == max(-upper, least) ? .double(upper) : .array([.double(lower), .double(upper)])
  }

  /// Numbers from the range, evenly spread.
  package func drawn(_ shape: Shape, scope: inout LayerScope) -> Value {
    guard upper > lower else { return scope.graph.constant(lower, shape: shape) }
    let random = scope.random(.uniform, shape: shape)
    return scope.graph.add(scope.graph.scale(random, by: upper - lower), lower)
  }
}
