public import Networks

/// A learning rate that changes with the number of steps taken.
public protocol Schedule: Configurable {
  /// The learning rate for a step; the first step has number 0.
  func learningRate(at step: Int) -> Double
}
