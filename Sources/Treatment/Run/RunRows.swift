package import Tensors
package import Training

/// The rows of a run in memory, where edits can change them.
package struct RunRows: Hashable, Sendable {
  /// The inputs of the model, rows first.
  package var inputs: [Tensor]
  /// The targets, rows first: an array for each output of the model, or for each that has a loss.
  package var targets: [Tensor]
  /// The weights of the samples: none if all are 1, one array for all targets, or one for each.
  package var sampleWeights: [Tensor]

  /// Rows.
  package init(inputs: [Tensor], targets: [Tensor], sampleWeights: [Tensor] = []) {
    self.inputs = inputs
    self.targets = targets
    self.sampleWeights = sampleWeights
  }

  /// How many rows there are.
  package var rowCount: Int { inputs.first?.rowCount ?? 0 }

  /// The rows as a trainer takes them.
  package var trainingData: TrainingData {
    TrainingData(inputs: inputs, targets: targets, sampleWeights: sampleWeights)
  }

  /// The rows of a range.
  package func rows(_ range: Range<Int>) -> RunRows { mapArrays { $0.rows(range) } }

  /// The rows with the given numbers, in that order.
  package func picked(_ indices: [Int]) -> RunRows { mapArrays { $0.rows(indices) } }

  private func mapArrays(_ transform: (Tensor) -> Tensor) -> RunRows {
    RunRows(
      inputs: inputs.map(transform), targets: targets.map(transform),
      sampleWeights: sampleWeights.map(transform))
  }
}
