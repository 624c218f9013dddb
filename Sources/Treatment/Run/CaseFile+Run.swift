import CaseFile
import Diagnosis
import JSON
import KerasFiles

extension CaseFile {
  /// The case of an edited run: the facts with the edits in them.
  func describing(_ run: Run, after edits: [Edit]) -> CaseFile {
    var facts = self
    facts.compilation = CompileFacts(kerasConfiguration: run.compilation)
    facts.fit = run.fit
    if let data = facts.data { facts.data = data.describing(run, after: edits) }
    for edit in edits {
      let path = edit.target.split(separator: ".").map(String.init)
      guard path.count == 3, path[0] == "layers",
        let index = facts.model?.layers.firstIndex(where: { $0.name == path[1] })
      else { continue }
      switch path[2] {
      case "weights": facts.model?.layers[index].forgetStatistics()
      case "trainable": facts.model?.layers[index].isTrainable = edit.to.bool ?? true
      default:
        facts.model?.layers[index].configuration[path[2]] = edit.to
        if path[2] == "units" {
          facts.model?.layers[index].outputShape = edit.to.int.map { [$0] }
        }
        if path[2].hasSuffix("initializer") || path[2] == "units" {
          facts.model?.layers[index].forgetStatistics()
        }
      }
    }
    return facts
  }
}

extension LayerFacts {
  /// Weights that are drawn afresh have the statistics that their initialisers give; none are known.
  fileprivate mutating func forgetStatistics() {
    for index in variables.indices { variables[index].statistics = nil }
  }
}

extension DataFacts {
  /// The facts of edited data; those of features are counted anew only if an edit touched them.
  fileprivate func describing(_ run: Run, after edits: [Edit]) -> DataFacts {
    let targets = edits.map(\.target)
    var facts = self
    if targets.contains(where: { $0.hasPrefix("data.x") || $0 == "data.drop_rows" }) {
      facts.features = run.featureFacts
    }
    if targets.contains(where: { $0.hasPrefix("data.y") || $0 == "data.drop_rows" }) {
      facts.targets = run.targetFacts
    }
    return facts
  }
}
