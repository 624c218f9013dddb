import CaseFile
import JSON
import Tensors
import Training

/// Brings the held-out features to the scale of the training features: `data.x_val.map` with
/// `divide`, or `match` for mean and spread.
struct ValidationMapEdit: EditRule {
  let pattern = ["data", "x_val", "map"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard var heldOut = run.data.heldOut else { throw EditError.missing("validation data") }
    if let factor = edit.to["divide"]?.double, factor != 0 {
      heldOut.inputs = heldOut.inputs.map { input in
        Tensor(shape: input.shape, scalars: input.scalars.map { $0 / Float(factor) })
      }
    } else if edit.to["match"] != nil {
      heldOut.inputs = zip(heldOut.inputs, run.data.training.inputs).map { input, model in
        Standardiser(model).undo(Standardiser(input)(input))
      }
    } else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.data.heldOut = heldOut
  }
}
