public import Tensors

/// A state that a layer hands on from one batch to the next.
///
/// It is no weight: Keras neither counts nor saves it. In a graph it is a parameter behind the weights.
public struct CarriedState: Hashable, Sendable {
  /// The name of the layer; inside a nested model after its name and a slash.
  public let layer: String
  /// Which of the layer's states, from 0.
  public let position: Int
  /// Its shape, batch first.
  public let shape: Shape
}
