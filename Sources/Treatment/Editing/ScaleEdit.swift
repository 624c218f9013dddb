import CaseFile
import JSON
import Tensors
import Training

/// Standardises features or targets column by column with the mean and spread of the training rows:
/// `data.x.scale`, `data.y.scale`.
struct ScaleEdit: EditRule {
  let pattern = ["data", "*", "scale"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.string == "standardise" else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    switch path[1] {
    case "x":
      for index in run.data.training.inputs.indices {
        let scaler = Standardiser(run.data.training.inputs[index])
        run.data.mapInputs(index) { scaler($0) }
      }
    case "y":
      guard let targets = run.data.training.targets.first else {
        throw EditError.missing("targets")
      }
      let scaler = Standardiser(targets)
      run.data.mapTargetArrays { scaler($0) }
    default: throw EditError.unknownTarget(edit.target)
    }
  }
}
