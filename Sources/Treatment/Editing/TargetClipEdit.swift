import CaseFile
import JSON

/// Brings targets beyond two bounds to the bounds: `data.y.clip`.
struct TargetClipEdit: EditRule {
  let pattern = ["data", "y", "clip"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard let low = edit.to[0]?.double, let high = edit.to[1]?.double, low < high else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.data.mapTargets { min(max($0, Float(low)), Float(high)) }
  }
}
