import CaseFile
import JSON
import Tensors
import Training

/// Re-maps the targets: `data.y.map` with `subtract` and `divide`, `one_hot`, or `codes` (the rank of
/// each distinct value).
struct TargetMapEdit: EditRule {
  let pattern = ["data", "y", "map"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.object != nil else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    if edit.to["codes"] != nil {
      let distinct = Set(
        run.data.training.targets.flatMap(\.scalars).filter(\.isFinite)
      ).sorted()
      let ranks = Dictionary(
        uniqueKeysWithValues: distinct.enumerated().map { ($0.element, Float($0.offset)) })
      run.data.mapTargets { ranks[$0] ?? .nan }
      return
    }
    let offset = Float(edit.to["subtract"]?.double ?? 0)
    let factor = Float(edit.to["divide"]?.double ?? 1)
    guard factor != 0 else { throw EditError.unfit(target: edit.target, value: "divide 0") }
    run.data.mapTargets { ($0 - offset) / factor }
    if let classes = edit.to["one_hot"]?.int, classes > 0 { run.data.oneHotTargets(classes) }
  }
}
