import CaseFile
import Tensors
import Training

/// Mixes the rows before they are split into training and held-out rows: `data.shuffle`.
struct ShuffleEdit: EditRule {
  let pattern = ["data", "shuffle"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let training = run.data.training
    var all = training
    if let heldOut = run.data.heldOut {
      all.inputs = zip(training.inputs, heldOut.inputs).map { $0.followed(by: $1) }
      all.targets = zip(training.targets, heldOut.targets).map { $0.followed(by: $1) }
      // Validation data that came without weights counts each row once.
      all.sampleWeights = training.sampleWeights.enumerated().map { index, weights in
        let known = heldOut.sampleWeights.indices.contains(index)
        let row = Array(weights.shape.extents.dropFirst())
        return weights.followed(
          by: known
            ? heldOut.sampleWeights[index]
            : Tensor(repeating: 1, shape: Shape([heldOut.rowCount] + row)))
      }
    }
    let order = RandomNumbers(seed: 1, purpose: .probing, stream: 2).permutation(all.rowCount)
    run.data.training = all.picked(Array(order.prefix(training.rowCount)))
    if run.data.heldOut != nil {
      run.data.heldOut = all.picked(Array(order.dropFirst(training.rowCount)))
    }
    run.data.rowNumbers = nil
    run.fit.shuffle = true
  }
}
