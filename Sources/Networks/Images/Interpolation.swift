package import Graphs
import JSON
import Tensors

/// How values between elements are found when planes are resized.
package enum Interpolation: String, Hashable, Sendable, CaseIterable {
  case nearest, bilinear, bicubic, lanczos3, lanczos5

  /// Reads the member `interpolation`.
  package init(_ configuration: Configuration, default standard: Interpolation) throws {
    let text = try configuration.string("interpolation", default: standard.rawValue)
    guard let value = Self(rawValue: text.lowercased()) else {
      throw configuration.error(
        "interpolation", found: .string(text),
        expected: "one of " + Self.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self = value
  }

  /// The weight of an element by its distance, for all but `nearest`.
  ///
  /// The cubic one is R. Keys' (1981) with a = −½; Lanczos' is the sinc windowed by a wider one.
  package func weight(_ distance: Value, in graph: inout Graph) -> Value {
    switch self {
    case .nearest, .bilinear:
      return graph.unary(.relu, graph.subtract(1, distance))
    case .bicubic:
      let inner = graph.polynomial(distance, [1, 0, -2.5, 1.5])
      let outer = graph.polynomial(distance, [2, -4, 2.5, -0.5])
      let near = graph.select(graph.isGreater(distance, 1), outer, inner)
      return graph.select(graph.isGreater(distance, 2), graph.constant(0), near)
    case .lanczos3: return lanczos(distance, radius: 3, in: &graph)
    case .lanczos5: return lanczos(distance, radius: 5, in: &graph)
    }
  }

  private func lanczos(_ distance: Value, radius: Double, in graph: inout Graph) -> Value {
    // Below this the quotient is 1 to float precision, and 0 / 0 where the distance is 0.
    let smallest = 1e-3
    let wave = graph.unary(.sine, graph.scale(distance, by: .pi))
    let window = graph.unary(.sine, graph.scale(distance, by: .pi / radius))
    let isAway = graph.isGreater(distance, smallest)
    let square = graph.select(isAway, graph.unary(.square, distance), graph.constant(1))
    let quotient = graph.scale(
      graph.divide(graph.multiply(wave, window), square), by: radius / (.pi * .pi))
    let inside = graph.select(isAway, quotient, graph.constant(1))
    return graph.select(graph.isGreater(distance, radius), graph.constant(0), inside)
  }
}
