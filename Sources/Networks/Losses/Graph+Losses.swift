import Graphs

// Formulas that several losses share.
extension Graph {
  /// Crossentropy of yes-or-no answers, element by element.
  mutating func binaryCrossentropy(
    _ y: Value, _ prediction: Prediction, fromLogits: Bool
  ) -> Value {
    if let z = prediction.logits ?? (fromLogits ? prediction.value : nil) {
      return subtract(unary(.softplus, z), multiply(z, y))
    }
    let p = clip(prediction.value, Graph.epsilon, 1 - Graph.epsilon)
    let yes = multiply(y, unary(.logarithm, p))
    let no = multiply(subtract(1, y), unary(.logarithm, subtract(1, p)))
    return unary(.negate, add(yes, no))
  }

  /// −Σ y · logSoftmax(z) with TensorFlow's gradient softmax(z) − y, which is the true one only if
  /// the targets sum to 1. The term without gradient makes up for the difference in value.
  mutating func fusedCrossentropy(_ y: Value, logits z: Value, axis: Int) -> Value {
    let peak = stopGradient(maximum(z, axes: [axis], keepAxes: true))
    let shifted = subtract(z, peak)
    let total = unary(.logarithm, sum(unary(.exponential, shifted), axes: [axis]))
    let right = sum(multiply(y, shifted), axes: [axis])
    let excess = subtract(sum(y, axes: [axis]), constant(1))
    return add(subtract(total, right), multiply(stopGradient(total), excess))
  }

  /// Each element over the sum along an axis.
  mutating func shares(_ value: Value, axis: Int) -> Value {
    divide(value, sum(value, axes: [axis], keepAxes: true))
  }

  /// log(min(max(p, 1e-7), 1 − 1e-7)), flat where it cuts.
  mutating func clippedLogarithm(_ p: Value) -> Value {
    unary(.logarithm, clip(p, Graph.epsilon, 1 - Graph.epsilon))
  }
}

/// Yes-or-no targets moved towards ½.
func smoothed(_ target: Value, _ smoothing: Double, in graph: inout Graph) -> Value {
  if smoothing == 0 { return target }
  return graph.add(graph.scale(target, by: 1 - smoothing), 0.5 * smoothing)
}

/// Labels 0 and 1 as −1 and 1, if all of them are 0 or 1; others as they are.
func signs(_ target: Value, in graph: inout Graph) -> Value {
  let isZero = graph.binary(.equal, target, graph.constant(0))
  let isOne = graph.binary(.equal, target, graph.constant(1))
  let other = graph.maximum(graph.subtract(1, graph.add(isZero, isOne)))
  return graph.select(other, target, graph.add(graph.scale(target, by: 2), -1))
}
