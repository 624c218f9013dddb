package import Graphs
package import JSON

/// In training, sets elements to the limit of selu, then scales and shifts all, so that mean and
/// variance stay (Klambauer et al. 2017).
package struct AlphaDropout: Layer {
  package static let className = "AlphaDropout"
  package static let supportsMasking = true
  package let arguments: DropoutArguments

  package init(configuration: Configuration) throws {
    arguments = try DropoutArguments(configuration)
  }

  package var configuration: JSONObject { arguments.configuration }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let rate = arguments.rate
    guard scope.isTraining, rate > 0 else { return x }
    let limit = -1.7580993408473766  // −alpha · scale of selu
    let scale = 1 / ((1 - rate) * (1 + rate * limit * limit)).squareRoot()
    let kept = scope.kept(rate, shape: scope.graph.shape(x))
    let dropped = scope.graph.select(kept, x, scope.graph.constant(limit))
    return scope.graph.add(scope.graph.scale(dropped, by: scale), -scale * limit * rate)
  }
}
