public import Graphs

/// A model built into a graph.
public struct ForwardPass: Sendable {
  /// What the model computes.
  public let outputs: [Value]
  /// For each output that came out of a final sigmoid or softmax, what went into it.
  public let logits: [Value?]
  /// For each output which steps count, 1 or 0; `nil` where all do.
  public let masks: [Value?]
  /// What every call of every layer computed (its first result), in order.
  public let results: [LayerResult]
  /// What regularizers add to the loss, a scalar; `nil` if there are none.
  public let penalty: Value?
  /// New values of moving statistics, by the number of the parameter.
  public let updates: [Int: Value]
  /// The states that layers hand on to the next batch, by the number of the parameter.
  public let carried: [Int: Value]
  /// The model's variables, by number.
  public let parameters: [Value]

  /// What a layer computed in its last call; nested layers are named `model/layer`.
  public func result(ofLayer name: String) -> Value? {
    results.last { $0.layer == name }?.value
  }
}
