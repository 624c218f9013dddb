package import Graphs
package import JSON
package import Tensors

/// The arguments that dropout layers have, and what they do with them.
package struct DropoutArguments: Hashable, Sendable {
  /// The probability with which an element is dropped.
  package let rate: Double
  /// The layer's own seed, kept for the file; the run's seed decides.
  package let seed: Int?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    rate = try configuration.double("rate", default: 0)
    seed = configuration.value("seed")?.int
    if let shape = configuration.value("noise_shape") {
      throw configuration.error(
        "noise_shape", found: shape, expected: "null (this is not supported)")
    }
    guard (0...1).contains(rate) else {
      throw configuration.error("rate", found: .double(rate), expected: "a number from 0 to 1")
    }
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result: JSONObject = ["rate": .double(rate)]
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  /// In training, x with elements dropped and the others scaled by 1 / (1 − rate).
  ///
  /// - Parameter mask: The shape of what is dropped at once: an axis of extent 1 is dropped whole.
  package func dropped(_ x: Value, mask: Shape, scope: inout LayerScope) -> Value {
    guard scope.isTraining, rate > 0 else { return x }
    guard rate < 1 else { return scope.graph.multiply(x, scope.graph.constant(0)) }
    let factor = scope.dropoutFactor(rate, shape: mask)
    return scope.graph.multiply(x, factor)
  }
}
