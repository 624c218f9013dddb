public import Datasets
public import Training

extension DataSet {
  /// The rows as `fit` takes them; `nil` without targets.
  public var trainingRows: TrainingData? {
    targets.map {
      TrainingData(
        inputs: inputs, targets: [$0] + furtherTargets, sampleWeights: sampleWeights)
    }
  }

  /// The validation data as `fit` takes it; `nil` if there is none.
  public var validationRows: TrainingData? {
    validationTargets.map {
      TrainingData(
        inputs: validationInputs, targets: [$0] + furtherValidationTargets,
        sampleWeights: validationSampleWeights)
    }
  }
}
