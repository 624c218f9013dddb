public import Graphs

/// A penalty on the size of weights or activations, which is added to the loss.
public protocol Regularizer: Configurable {
  /// Builds the penalty, a scalar.
  func penalty(of value: Value, in graph: inout Graph) -> Value
}
