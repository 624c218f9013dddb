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

  /// Arguments, with Keras' defaults.
  public init(
    epochs: Int = 1, batchSize: Int = 32, validationSplit: Double = 0,
    validationData: TrainingData? = nil, shuffle: Bool = true, classWeight: [Int: Double] = [:],
    initialEpoch: Int = 0
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.validationSplit = validationSplit
    self.validationData = validationData
    self.shuffle = shuffle
    self.classWeight = classWeight
    self.initialEpoch = initialEpoch
  }

  /// The arguments of a recorded run, without its callbacks.
  public init(_ facts: FitFacts, validationData: TrainingData? = nil) {
    self.init(
      epochs: facts.epochs, batchSize: facts.batchSize, validationSplit: facts.validationSplit,
      validationData: validationData, shuffle: facts.shuffle, classWeight: facts.classWeight,
      initialEpoch: facts.initialEpoch)
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
    try require(epochs >= 0, "epochs", "\(epochs)", "a number from 0")
    try require(
      (0..<1).contains(validationSplit), "validation_split", "\(validationSplit)",
      "a number from 0, below 1")
  }
}
