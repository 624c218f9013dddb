/// What a `.keras` file keeps of an optimizer: how far it was, and its memory of past gradients.
public struct SavedOptimizer: Hashable, Sendable {
  /// How many steps it has taken.
  public var iterations: Int
  /// The learning rate; `nil` where a schedule gives it.
  public var learningRate: Float?
  /// The other variables in the order of the file: averages, then momenta and second moments, variable
  /// by variable in the order of the model's trainable ones.
  public var slots: [StoredArray]

  /// The state of an optimizer.
  public init(iterations: Int, learningRate: Float?, slots: [StoredArray]) {
    self.iterations = iterations
    self.learningRate = learningRate
    self.slots = slots
  }

  /// Takes apart the variables of a file.
  ///
  /// - Parameter hasSchedule: Whether a schedule gives the rate, which then is no variable.
  init?(_ arrays: [StoredArray], hasSchedule: Bool) {
    guard let first = arrays.first, first.shape.isEmpty else { return nil }
    let count = first.integers?.first ?? first.scalars.first.flatMap { Int(exactly: $0) } ?? 0
    // No run takes more steps; a counter beyond is damage, and would overflow.
    iterations = min(max(0, count), 1 << 53)
    let rate = arrays.dropFirst().first
    if !hasSchedule, let rate, rate.shape.isEmpty {
      learningRate = rate.scalars.first
      slots = Array(arrays.dropFirst(2))
    } else {
      slots = Array(arrays.dropFirst())
    }
  }

  /// The variables as they stand in a file.
  var arrays: [StoredArray] {
    let rate = learningRate.map { [StoredArray(shape: [], scalars: [$0])] } ?? []
    return [StoredArray(shape: [], integers: [iterations])] + rate + slots
  }
}
