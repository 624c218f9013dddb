package import CaseFile
import Diagnosis
import Training

/// One kind of remedy beside those that the causes name themselves: what to try, for which causes.
package protocol RemedyRule: Sendable {
  /// The causes that it may remove, by their ids.
  var causes: Set<String> { get }
  /// The remedies of this kind for a run, the likeliest first; none where it has no place.
  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy]
}

extension RemedyRule {
  /// The hidden layers of a class with at least so many units: those before the one that the loss sees.
  func hiddenLayers(_ facts: CaseFile, of classes: Set<String>, units: Int = 1) -> [LayerFacts] {
    guard let model = facts.model, let end = facts.head?.unitsLayer else { return [] }
    return model.layers.filter {
      classes.contains($0.className) && $0.name != end && ($0.units ?? 0) >= units
    }
  }

  /// How many steps a run takes.
  func steps(of run: Run) -> Int {
    let rows = run.data.training.rowCount
    let batch = max(1, min(run.fit.batchSize, rows))
    return max(1, run.fit.epochs - run.fit.initialEpoch) * max(1, (rows + batch - 1) / batch)
  }
}
