import Engine

/// What callbacks see of a run, and may change.
public final class FitControl {
  private let memory: TrainingMemory
  private let run: OptimizerRun
  private let optimizer: any Optimizer
  /// Whether the run ends after this batch or epoch.
  public var stopsTraining = false
  /// What is said, in Keras' words.
  public internal(set) var messages: [String] = []
  /// Whether more is better, by the name of the metric; `nil` where nobody knows.
  let directions: [String: Bool?]

  init(
    memory: TrainingMemory, run: OptimizerRun, optimizer: any Optimizer,
    directions: [String: Bool?]
  ) {
    self.memory = memory
    self.run = run
    self.optimizer = optimizer
    self.directions = directions
  }

  /// Whether a schedule decides the learning rate.
  public var hasSchedule: Bool {
    if case .schedule = optimizer.options.learningRate { return true }
    return false
  }

  /// The learning rate of the next step, of single precision. A schedule ignores what is set.
  public var learningRate: Double {
    get { Double(run.rate(memory)) }
    set { memory.learningRate = Float(newValue) }
  }

  /// How many batches the optimizer has seen.
  public var iterations: Int { memory.iterations }

  /// All parameters as they are now.
  public var parameters: [Float] {
    get { Array(UnsafeBufferPointer(start: memory.parameters, count: memory.layout.count)) }
    set { memory.parameters.update(from: newValue, count: memory.layout.count) }
  }

  /// Says something.
  public func say(_ message: String) { messages.append(message) }
}
