import CaseFile
import JSON

/// Sets an argument of the loss: `loss.from_logits`.
struct LossFlagEdit: EditRule {
  let pattern = ["loss", "*"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard var loss = run.compilation["loss"] else { throw EditError.missing("loss") }
    // A list or a dictionary with the loss of the only output stands for that loss.
    if let first = loss.array?.first { loss = first }
    guard loss["class_name"] != nil else {
      throw EditError.unfit(target: edit.target, value: "an argument of the loss \(loss)")
    }
    var configuration = loss["config"] ?? [:]
    configuration[path[1]] = edit.to
    loss["config"] = configuration
    run.compilation["loss"] = loss
  }
}
