import CaseFile
import JSON

/// Draws the weights of a layer afresh: `layers.dense_1.weights`.
struct LayerWeightsEdit: EditRule {
  let pattern = ["layers", "*", "weights"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    run.forgetWeights(ofLayer: path[1], variable: nil)
  }
}
