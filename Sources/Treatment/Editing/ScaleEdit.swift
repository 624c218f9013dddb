import CaseFile
import JSON
import Tensors
import Training

/// Brings features or targets to a common scale, column by column and by the training rows alone:
/// `data.x.scale`, `data.y.scale`. `standardise` subtracts the mean and divides by the spread;
/// `min-max` brings the smallest value to 0 and the largest to 1.
struct ScaleEdit: EditRule {
  let pattern = ["data", "*", "scale"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let scaler: (Tensor) -> Standardiser
    switch edit.to.string {
    case "standardise": scaler = { Standardiser($0) }
    case "min-max": scaler = { Standardiser(range: $0) }
    default: throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    switch path[1] {
    case "x":
      for index in run.data.training.inputs.indices {
        let scaler = scaler(run.data.training.inputs[index])
        run.data.mapInputs(index) { scaler($0) }
      }
    case "y":
      guard let targets = run.data.training.targets.first else {
        throw EditError.missing("targets")
      }
      let scaler = scaler(targets)
      run.data.mapTargetArrays { scaler($0) }
    default: throw EditError.unknownTarget(edit.target)
    }
  }
}
