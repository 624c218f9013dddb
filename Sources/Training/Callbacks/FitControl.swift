import Engine
public import Networks

/// What callbacks see of a run, and may change.
public final class FitControl {
  private let memory: TrainingMemory
  private let run: OptimizerRun
  private let optimizer: any Optimizer
  /// The model.
  public let model: Model
  /// How many epochs the run has, those before ``initialEpoch`` counted.
  public let epochs: Int
  /// The number of the first epoch; a callback may move it on before the run begins.
  public var initialEpoch: Int
  /// Whether the run ends after this batch or epoch.
  public var stopsTraining = false
  /// What is said, in Keras' words.
  public internal(set) var messages: [String] = []
  /// What makes files of the model; `nil` where nobody knows how to.
  public let archive: (any ModelArchive)?
  /// Whether more is better, by the name of the metric; `nil` where nobody knows.
  let directions: [String: Bool?]

  init(
    memory: TrainingMemory, run: OptimizerRun, optimizer: any Optimizer, model: Model,
    options: FitOptions, archive: (any ModelArchive)?, directions: [String: Bool?]
  ) {
    self.memory = memory
    self.run = run
    self.optimizer = optimizer
    self.model = model
    self.archive = archive
    self.directions = directions
    epochs = options.epochs
    initialEpoch = options.initialEpoch
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

  /// Everything that training changes, as it is now.
  public var state: TrainingState {
    get { memory.state }
    set { memory.load(newValue) }
  }

  /// Whether the optimizer keeps moving averages of the parameters.
  public var hasAverages: Bool { memory.averages != nil }

  /// Lets the parameters and their moving averages change places.
  func swapAverages() {
    guard let averages = memory.averages else { return }
    for index in 0..<memory.layout.trainableCount {
      (memory.parameters[index], averages[index]) = (averages[index], memory.parameters[index])
    }
  }

  /// Takes the parameters for their moving averages.
  func copyParametersToAverages() {
    memory.averages?.update(from: memory.parameters, count: memory.layout.trainableCount)
  }

  /// Says something.
  public func say(_ message: String) { messages.append(message) }
}
