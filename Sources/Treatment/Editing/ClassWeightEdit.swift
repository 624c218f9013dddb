import CaseFile
import JSON

/// Gives each class a weight: `fit.class_weight`.
struct ClassWeightEdit: EditRule {
  let pattern = ["fit", "class_weight"]
  let place = EditPlace.fit

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard let members = edit.to.object?.members, !members.isEmpty else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    for member in members {
      guard let label = Int(member.key), let weight = member.value.double else {
        throw EditError.unfit(target: edit.target, value: "\(edit.to)")
      }
      run.fit.classWeight[label] = weight
    }
  }
}
