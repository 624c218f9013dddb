import JSON
import Training

/// The largest learning rate at which an optimizer is stable in a bowl of given curvature.
struct StabilityRule {
  /// The rate at the first step; `nil` for schedules whose start is not written down.
  let rate: Double?
  /// Whether the optimizer divides gradients by their own size.
  let isAdaptive: Bool
  private let momentum: Double

  /// Added to the scale of each weight: below it Adam's ε, 1e-7, rules (its square root here,
  /// because scales are square roots of the divisor).
  static let smallestScale: Float = 3e-4

  /// Reads an optimizer's JSON.
  init(_ optimizer: JSONValue) {
    let name = (optimizer["class_name"]?.string ?? optimizer.string ?? "").lowercased()
    let configuration = optimizer["config"]
    let given = configuration?["learning_rate"]
    rate =
      given?.double
      ?? given?["config"]?["initial_learning_rate"]?.double
      ?? (given == nil || given?.isNull == true ? (name == "sgd" ? 0.01 : 0.001) : nil)
    isAdaptive = ["adam", "adamw", "rmsprop", "nadam", "adamax"].contains(name)
    if ["adam", "adamw", "nadam", "adamax"].contains(name) {
      momentum = configuration?["beta_1"]?.double ?? 0.9
      isAveraging = true
    } else {
      momentum = configuration?["momentum"]?.double ?? 0
      isAveraging = false
    }
  }

  /// Whether the momentum is a mean of gradients (Adam) rather than a sum of steps (SGD).
  private let isAveraging: Bool

  /// The largest stable rate for the largest eigenvalue λ in the optimizer's metric.
  ///
  /// Gradient descent with momentum β as a sum of steps is stable below 2(1+β)/λ; with a mean of
  /// gradients, as in Adam, below 2(1+β)/((1−β)λ). Source: Polyak 1964; Cohen et al., "Adaptive
  /// gradient methods at the edge of stability", 2022.
  func limit(eigenvalue: Double) -> Double {
    guard eigenvalue > 0 else { return .infinity }
    let plain = 2 * (1 + momentum) / eigenvalue
    return isAveraging ? plain / (1 - momentum) : plain
  }

  /// Which slot of an optimizer holds the second moments; `nil` if none does.
  static func secondMomentSlot(_ optimizer: any Optimizer) -> Int? {
    optimizer.slots.firstIndex { $0.name == "velocity" }
  }

  /// By what the stored second moments are too small after a number of steps: 1 − β₂ᵗ.
  static func biasCorrection(_ optimizer: JSONValue, steps: Int) -> Double {
    let beta =
      optimizer["config"]?["beta_2"]?.double
      ?? optimizer["config"]?["rho"]?.double ?? 0.999
    var power = 1.0
    for _ in 0..<max(1, steps) { power *= beta }
    return 1 - power
  }
}
