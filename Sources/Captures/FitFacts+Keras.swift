public import CaseFile
public import JSON

extension FitFacts {
  /// The arguments of a call of `fit`, with Keras' defaults for those that are missing or `None`.
  public init(kerasArguments arguments: JSONValue) {
    var weights: [Int: Double] = [:]
    for member in arguments["class_weight"]?.object?.members ?? [] {
      if let label = Int(member.key), let weight = member.value.double { weights[label] = weight }
    }
    let standard = FitFacts()
    // `shuffle="batch"` shuffles as well.
    let shuffle = arguments["shuffle"].map { $0.bool ?? ($0.int.map { $0 != 0 } ?? true) }
    self.init(
      epochs: arguments["epochs"]?.int ?? standard.epochs,
      batchSize: arguments["batch_size"]?.int ?? standard.batchSize,
      validationSplit: arguments["validation_split"]?.double ?? standard.validationSplit,
      shuffle: shuffle ?? standard.shuffle, classWeight: weights,
      initialEpoch: arguments["initial_epoch"]?.int ?? standard.initialEpoch,
      callbacks: arguments["callbacks"]?.array ?? [])
    stepsPerEpoch = arguments["steps_per_epoch"]?.int
    validationSteps = arguments["validation_steps"]?.int
    validationBatchSize = arguments["validation_batch_size"]?.int
    validationFrequency = arguments["validation_freq"]?.int
    validationEpochs = arguments["validation_freq"]?.array?.compactMap(\.int)
  }
}

extension EnvironmentFacts {
  /// The `environment` of a recorded run.
  init(record: JSONValue) {
    self.init(
      keras: record["keras"]?.string, backend: record["backend"]?.string,
      python: record["python"]?.string)
  }
}
