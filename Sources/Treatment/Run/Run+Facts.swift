package import CaseFile
import Datasets
import Diagnosis
import KerasFiles
import Training

extension Run {
  /// The loss of the best constant prediction on the training rows, on their present scale.
  var trivialLoss: TrivialLoss? {
    let compilation = CompileFacts(kerasConfiguration: self.compilation)
    guard let loss = LossReading(compilation) else { return nil }
    return TrivialLoss(loss: loss, targets: targetFacts, units: nil)
  }

  /// The facts of the targets on their present scale.
  package var targetFacts: ArrayFacts? {
    data.training.targets.first.flatMap { DataSet(inputs: [], targets: $0).facts.targets }
  }

  /// The facts of the features on their present scale.
  package var featureFacts: [ArrayFacts] {
    DataSet(inputs: data.training.inputs, targets: nil).facts.features
  }
}
