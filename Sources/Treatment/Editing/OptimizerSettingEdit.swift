import CaseFile
import JSON

/// Sets an argument of the optimizer, the rate above all: `optimizer.learning_rate`.
struct OptimizerSettingEdit: EditRule {
  let pattern = ["optimizer", "*"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard var optimizer = run.compilation["optimizer"] else { throw EditError.missing("optimizer") }
    if let name = optimizer.string { optimizer = ["class_name": .string(name), "config": [:]] }
    var configuration = optimizer["config"] ?? [:]
    // Keras refuses a rate without a fraction, `"learning_rate": 1`.
    configuration[path[1]] = edit.to.double.map { .double($0) } ?? edit.to
    optimizer["config"] = configuration
    run.compilation["optimizer"] = optimizer
  }
}
