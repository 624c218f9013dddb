import CaseFile
import JSON

/// Replaces the optimizer: `optimizer` with its class and arguments.
struct OptimizerEdit: EditRule {
  let pattern = ["optimizer"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard let name = edit.to["class_name"]?.string else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.compilation["optimizer"] = [
      "module": "keras.optimizers", "class_name": .string(name),
      "config": edit.to["config"] ?? [:],
    ]
  }
}
