import CaseFile
import JSON

/// Replaces the loss: `loss`.
struct LossEdit: EditRule {
  let pattern = ["loss"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.string != nil || edit.to.object != nil else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.compilation["loss"] = edit.to
  }
}
