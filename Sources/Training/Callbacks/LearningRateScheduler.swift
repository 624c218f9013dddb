public import JSON
public import Networks

/// Sets the learning rate before each epoch: by a function, or by the rates of a recorded run.
public struct LearningRateScheduler: Callback, Configurable {
  /// Keras' class.
  public static let className = "LearningRateScheduler"
  private let schedule: @Sendable (Int, Double) -> Double
  private let rates: [Double]?
  /// The rate that the run which recorded the rates began with; `nil`: the rates hold as they are.
  private let base: Double?
  private var factor = 1.0

  /// A scheduler.
  ///
  /// - Parameter schedule: The learning rate for an epoch, given the one before.
  public init(_ schedule: @escaping @Sendable (Int, Double) -> Double) {
    self.schedule = schedule
    rates = nil
    base = nil
  }

  /// A scheduler that repeats given rates, and then the last of them.
  ///
  /// - Parameters:
  ///   - rates: The learning rates of the epochs.
  ///   - firstEpoch: The number of the epoch that the first of them is for.
  ///   - base: The rate that the run began with; a run that begins with another one has all rates in
  ///     proportion. `nil`: the rates hold as they are.
  public init(rates: [Double], firstEpoch: Int = 0, base: Double? = nil) {
    self.rates = rates
    self.base = base
    schedule = { epoch, rate in
      rates.isEmpty ? rate : rates[min(max(0, epoch - firstEpoch), rates.count - 1)]
    }
  }

  /// Reads a table of rates. Keras' own scheduler holds a Python function, which is never run.
  public init(configuration: Configuration) throws {
    guard let rates = try configuration.doubles("rates"), !rates.isEmpty else {
      throw configuration.error(
        "rates", found: configuration.values["rates"], expected: "the learning rates of the epochs")
    }
    self.init(
      rates: rates, firstEpoch: try configuration.int("first_epoch", default: 0),
      base: try configuration.double("base"))
  }

  /// The table of rates.
  public var configuration: JSONObject {
    var result = JSONObject()
    if let rates { result["rates"] = .array(rates.map { .double($0) }) }
    result.set("base", base)
    return result
  }

  /// Finds out in what proportion the rates hold.
  public mutating func trainingBegins(_ control: FitControl) {
    factor = base.map { $0 == 0 ? 1 : control.learningRate / $0 } ?? 1
  }

  /// Sets the rate.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) {
    control.learningRate = schedule(epoch, control.learningRate) * factor
  }

  /// Adds the rate to the logs.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    logs["learning_rate"] = control.learningRate
  }
}
