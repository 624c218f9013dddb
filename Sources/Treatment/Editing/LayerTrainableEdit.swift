import CaseFile
import JSON

/// Freezes or unfreezes a layer: `layers.dense_1.trainable`.
struct LayerTrainableEdit: EditRule {
  let pattern = ["layers", "*", "trainable"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.bool != nil else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    try run.editLayer(path[1]) { layer in
      var configuration = layer["config"] ?? [:]
      configuration["trainable"] = edit.to
      layer["config"] = configuration
    }
    // A model that is frozen as a whole freezes its layers with it.
    if edit.to.bool == true { run.configuration["config"]?["trainable"] = true }
  }
}
