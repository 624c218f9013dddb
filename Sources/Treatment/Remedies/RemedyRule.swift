package import CaseFile
import Diagnosis
import JSON
import Tensors
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

  /// A layer put behind each of some others.
  func inserting(
    _ layer: JSONValue, behind layers: [LayerFacts], summary: String
  ) -> [Remedy] {
    guard !layers.isEmpty else { return [] }
    let edits = layers.map { Edit(target: "layers.\($0.name).insert_after", to: layer) }
    return [Remedy(edits: edits, summary: "\(summary) behind \(layers.count) hidden layers")]
  }

  /// A callback beside those that the run has.
  func adding(_ callback: JSONValue, to run: Run, summary: String) -> [Remedy] {
    let edit = Edit(
      target: "fit.callbacks", from: .array(run.fit.callbacks),
      to: .array(run.fit.callbacks + [callback]))
    return [Remedy(edits: [edit], summary: summary)]
  }

  /// Whether a run has one input of so many axes that holds measurements. Whole numbers that an
  /// Embedding looks up have nothing between them.
  func isMeasured(_ run: Run, _ facts: CaseFile, axes: Int) -> Bool {
    let inputs = run.data.training.inputs
    return inputs.count == 1 && inputs[0].shape.rank == axes
      && !(facts.model?.layers ?? []).contains { $0.className == "Embedding" }
  }

  /// Altered copies of the training rows.
  func altering(_ how: JSONValue, summary: String) -> [Remedy] {
    [Remedy(edits: [Edit(target: "data.augment", to: how)], summary: summary)]
  }

  /// How many steps a run takes.
  func steps(of run: Run) -> Int {
    let rows = run.data.training.rowCount
    let batch = max(1, min(run.fit.batchSize, rows))
    return max(1, run.fit.epochs - run.fit.initialEpoch) * max(1, (rows + batch - 1) / batch)
  }
}
