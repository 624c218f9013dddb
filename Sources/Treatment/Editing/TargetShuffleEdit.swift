import CaseFile
import Tensors
import Training

/// Gives every row the target of another one: `data.y.shuffle`. A control experiment, no remedy.
struct TargetShuffleEdit: EditRule {
  let pattern = ["data", "y", "shuffle"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let order = RandomNumbers(seed: 1, purpose: .probing, stream: 1)
      .permutation(run.data.training.rowCount)
    run.data.training.targets = run.data.training.targets.map { $0.rows(order) }
  }
}
