public import JSON

/// The arguments of `compile`.
public struct CompileFacts: Codable, Hashable, Sendable {
  /// The optimizer's class, as `Adam`.
  public var optimizer: String
  /// The optimizer's `config`; `learning_rate` is a number or a schedule object.
  public var optimizerConfiguration: JSONValue
  /// The loss as it stands in the file: a name, an object, a list or a dictionary. `null`: none.
  public var loss: JSONValue
  /// The metrics as they stand in the file.
  public var metrics: JSONValue

  /// Facts of a `compile` call.
  public init(
    optimizer: String, optimizerConfiguration: JSONValue, loss: JSONValue, metrics: JSONValue
  ) {
    self.optimizer = optimizer
    self.optimizerConfiguration = optimizerConfiguration
    self.loss = loss
    self.metrics = metrics
  }
}

/// The arguments of `fit`, with Keras' defaults for those that were not given.
public struct FitFacts: Codable, Hashable, Sendable {
  /// `epochs`.
  public var epochs: Int
  /// `batch_size`.
  public var batchSize: Int
  /// `validation_split`, 0 when there is none.
  public var validationSplit: Double
  /// `shuffle`.
  public var shuffle: Bool
  /// `class_weight`: weight by class number.
  public var classWeight: [Int: Double]
  /// `initial_epoch`.
  public var initialEpoch: Int
  /// `steps_per_epoch`; `nil`: all batches.
  public var stepsPerEpoch: Int?
  /// `validation_steps`; `nil`: all batches.
  public var validationSteps: Int?
  /// `validation_batch_size`; `nil`: ``batchSize``.
  public var validationBatchSize: Int?
  /// `validation_freq`, if it is a number.
  public var validationFrequency: Int?
  /// `validation_freq`, if it is a list of epochs, counted from 1.
  public var validationEpochs: [Int]?
  /// The callbacks: class names, or objects with `class_name` and `config` where those are known.
  public var callbacks: [JSONValue]

  /// Facts of a `fit` call.
  public init(
    epochs: Int = 1, batchSize: Int = 32, validationSplit: Double = 0, shuffle: Bool = true,
    classWeight: [Int: Double] = [:], initialEpoch: Int = 0, callbacks: [JSONValue] = []
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.validationSplit = validationSplit
    self.shuffle = shuffle
    self.classWeight = classWeight
    self.initialEpoch = initialEpoch
    self.callbacks = callbacks
  }
}

/// Where the user's run took place.
public struct EnvironmentFacts: Codable, Hashable, Sendable {
  /// Keras' version.
  public var keras: String?
  /// `jax`, `tensorflow`, `torch`.
  public var backend: String?
  /// Python's version.
  public var python: String?

  /// Whether recurrent layers with `stateful` keep their state from batch to batch: Keras 3.15 on
  /// JAX drops it at the end of every step, and trains as without the argument.
  public var keepsStates: Bool { backend != "jax" }

  /// Facts of the environment.
  public init(keras: String? = nil, backend: String? = nil, python: String? = nil) {
    self.keras = keras
    self.backend = backend
    self.python = python
  }
}

/// What was recorded of the user's own run.
public struct RecordedRun: Codable, Hashable, Sendable {
  /// How the run ended.
  public enum Status: String, Codable, Hashable, Sendable {
    case finished, raised, interrupted, unknown
  }
  /// How the run ended.
  public var status: Status
  /// The exception's text, if it raised one.
  public var error: String?
  /// The line of the exception's text that says what was wrong: TensorFlow puts it last, behind the
  /// places in its graph.
  public var errorLine: String? {
    guard let error else { return nil }
    let lines = error.split(whereSeparator: \.isNewline)
    guard let first = lines.first, first.hasSuffix("Graph execution error:") else {
      return lines.first.map(String.init)
    }
    let telling = lines.dropFirst().last { line in
      !line.isEmpty && line.first?.isWhitespace == false && !line.hasPrefix("Detected at")
    }
    return telling.map { "\(first.prefix { $0 != ":" }): \($0)" } ?? String(first)
  }
  /// One value an epoch for each series, as `loss`, `val_loss`, `accuracy`.
  public var history: [String: [Double]]
  /// Losses within epochs, in the order of training; `nil` where only whole epochs are known.
  public var batches: [BatchLoss]?
  /// How many epochs were asked for, where the record says so.
  public var plannedEpochs: Int?
  /// How many steps an epoch has, where the record says so.
  public var stepsPerEpoch: Int?

  /// A recorded run.
  public init(
    status: Status = .unknown, error: String? = nil, history: [String: [Double]] = [:],
    batches: [BatchLoss]? = nil, plannedEpochs: Int? = nil, stepsPerEpoch: Int? = nil
  ) {
    self.status = status
    self.error = error
    self.history = history
    self.batches = batches
    self.plannedEpochs = plannedEpochs
    self.stepsPerEpoch = stepsPerEpoch
  }
}

/// The mean loss over some steps of one epoch, which is what remains of a running mean once the steps
/// before are taken out of it.
public struct BatchLoss: Codable, Hashable, Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The first of the steps, from 1.
  public var first: Int
  /// The last of the steps.
  public var last: Int
  /// The mean of the loss over them.
  public var loss: Double

  /// The mean loss over some steps.
  public init(epoch: Int, first: Int, last: Int, loss: Double) {
    self.epoch = epoch
    self.first = first
    self.last = last
    self.loss = loss
  }
}
