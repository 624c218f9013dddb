import CaseFile
import JSON

/// Sets an argument of `fit`: `fit.epochs`, `fit.batch_size`.
struct FitEdit: EditRule {
  let pattern = ["fit", "*"]
  let place = EditPlace.fit

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    switch (path[1], edit.to.int) {
    case ("epochs", let value?) where value > 0: run.fit.epochs = value
    case ("batch_size", let value?) where value > 0: run.fit.batchSize = value
    case ("epochs", _), ("batch_size", _):
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    default: throw EditError.unknownTarget(edit.target)
    }
  }
}
