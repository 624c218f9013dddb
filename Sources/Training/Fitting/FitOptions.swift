public import CaseFile

/// The arguments of `fit`.
public struct FitOptions: Sendable {
  /// How many epochs, counted from 0 and not from ``initialEpoch``.
  public var epochs: Int
  /// How many rows a batch has; the last one may have fewer.
  public var batchSize: Int
  /// Which share of the rows, from the end, is kept for validation.
  public var validationSplit: Double
  /// Rows for validation; overrides ``validationSplit``.
  public var validationData: TrainingData?
  /// Whether each epoch takes the rows in a new order.
  public var shuffle: Bool
  /// A weight for each class number; classes that are missing weigh 1.
  public var classWeight: [Int: Double]
  /// The number of the first epoch.
  public var initialEpoch: Int
  /// After how many batches an epoch ends; the next one goes on where it stopped. `nil`: after all.
  public var stepsPerEpoch: Int?
  /// How many batches of the validation data are looked at; `nil`: all.
  public var validationSteps: Int?
  /// How many rows a batch of the validation data has; `nil`: as many as in training.
  public var validationBatchSize: Int?
  /// After which epochs the validation data is looked at.
  public var validationFrequency: ValidationFrequency

  /// After which epochs the validation data is looked at.
  public enum ValidationFrequency: Hashable, Sendable {
    /// After every so many.
    case every(Int)
    /// After those with the given numbers, counted from 1.
    case after(Set<Int>)

    /// Whether it is looked at after an epoch, counted from 0.
    func includes(_ epoch: Int) -> Bool {
      switch self {
      case .every(let count): (epoch + 1) % max(1, count) == 0
      case .after(let numbers): numbers.contains(epoch + 1)
      }
    }
  }

  /// Arguments, with Keras' defaults.
  public init(
    epochs: Int = 1, batchSize: Int = 32, validationSplit: Double = 0,
    validationData: TrainingData? = nil, shuffle: Bool = true, classWeight: [Int: Double] = [:],
    initialEpoch: Int = 0, stepsPerEpoch: Int? = nil, validationSteps: Int? = nil,
    validationBatchSize: Int? = nil, validationFrequency: ValidationFrequency = .every(1)
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.validationSplit = validationSplit
    self.validationData = validationData
    self.shuffle = shuffle
    self.classWeight = classWeight
    self.initialEpoch = initialEpoch
    self.stepsPerEpoch = stepsPerEpoch
    self.validationSteps = validationSteps
    self.validationBatchSize = validationBatchSize
    self.validationFrequency = validationFrequency
  }

  /// The arguments of a recorded run, without its callbacks.
  public init(_ facts: FitFacts, validationData: TrainingData? = nil) {
    self.init(
      epochs: facts.epochs, batchSize: facts.batchSize, validationSplit: facts.validationSplit,
      validationData: validationData, shuffle: facts.shuffle, classWeight: facts.classWeight,
      initialEpoch: facts.initialEpoch, stepsPerEpoch: facts.stepsPerEpoch,
      validationSteps: facts.validationSteps, validationBatchSize: facts.validationBatchSize,
      validationFrequency: facts.validationEpochs.map { .after(Set($0)) }
        ?? .every(facts.validationFrequency ?? 1))
  }

  /// - Throws: ``TrainingError/argument(name:found:expected:)`` for arguments outside of their
  ///   range.
  func validate() throws {
    func require(_ condition: Bool, _ name: String, _ found: String, _ expected: String) throws {
      if !condition {
        throw TrainingError.argument(name: name, found: found, expected: expected)
      }
    }
    try require(batchSize > 0, "batch_size", "\(batchSize)", "a positive number")
    for (name, count) in [
      ("steps_per_epoch", stepsPerEpoch), ("validation_steps", validationSteps),
      ("validation_batch_size", validationBatchSize),
    ] {
      try require(count ?? 1 > 0, name, "\(count ?? 0)", "a positive number")
    }
    if case .every(let count) = validationFrequency {
      try require(count > 0, "validation_freq", "\(count)", "a positive number")
    }
    try require(epochs >= 0, "epochs", "\(epochs)", "a number from 0")
    try require(
      (0..<1).contains(validationSplit), "validation_split", "\(validationSplit)",
      "a number from 0, below 1")
  }
}
