import Graphs
package import JSON

/// The arguments that all recurrent layers have besides those of their cells.
package struct RecurrentArguments: Hashable, Sendable {
  /// Whether the outputs of all steps are the result, or only the last one.
  package let returnsSequences: Bool
  /// Whether the last state is a result, too.
  package let returnsState: Bool
  /// Whether the last step comes first; the outputs are then in that order.
  package let goesBackwards: Bool
  /// Whether the state after a batch is that before the next one.
  package let isStateful: Bool
  /// Whether Keras writes the steps out one by one. It changes what comes out before the first step
  /// that counts, if there is an initial state: 0 instead of that state.
  package let isUnrolled: Bool
  /// Whether steps that do not count give 0 instead of the output before.
  package let zeroesMasked: Bool

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    returnsSequences = try configuration.bool("return_sequences", default: false)
    returnsState = try configuration.bool("return_state", default: false)
    goesBackwards = try configuration.bool("go_backwards", default: false)
    isUnrolled = try configuration.bool("unroll", default: false)
    zeroesMasked = try configuration.bool("zero_output_for_mask", default: false)
    isStateful = try configuration.bool("stateful", default: false)
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("return_sequences", returnsSequences, default: false)
    result.set("return_state", returnsState, default: false)
    result.set("go_backwards", goesBackwards, default: false)
    result.set("stateful", isStateful, default: false)
    result.set("unroll", isUnrolled, default: false)
    result.set("zero_output_for_mask", zeroesMasked, default: false)
    return result
  }

  /// Refuses a sequence that is longer than a layer can write out step by step.
  static func check(_ steps: Int, atMost limit: Int, in layer: String) throws {
    guard steps <= limit else {
      throw ShapeError(
        subject: layer, found: "\(steps) steps",
        expected: "at most \(limit), since each step is written out",
        advice: "Cut the sequences into shorter ones.")
    }
  }
}
