import CaseFile
import JSON
import Tensors
import Training

/// Writes a number in the place of every NaN and infinity among the features: `data.x.fill`.
struct FillEdit: EditRule {
  let pattern = ["data", "x", "fill"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard let number = edit.to.double else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    for index in run.data.training.inputs.indices {
      run.data.mapInputs(index) { tensor in
        var filled = tensor
        for place in filled.scalars.indices where !filled.scalars[place].isFinite {
          filled.scalars[place] = Float(number)
        }
        return filled
      }
    }
  }
}
