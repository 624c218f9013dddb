import CaseFile
import JSON
import Networks

/// Sets an argument of `fit`: `fit.epochs`, `fit.batch_size`; of `fit.callbacks` keeps those given.
struct FitEdit: EditRule {
  let pattern = ["fit", "*"]
  let place = EditPlace.fit

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    switch (path[1], edit.to.int) {
    case ("callbacks", _):
      let kept = edit.to.array ?? []
      run.fit.callbacks.removeAll { !kept.contains($0) }
      let names = kept.compactMap { $0.string ?? $0["class_name"]?.string }
      run.callbacks.removeAll { callback in
        guard let callback = callback as? any Configurable else { return false }
        return !names.contains(type(of: callback).className)
      }
    case ("epochs", let value?) where value > 0: run.fit.epochs = value
    case ("batch_size", let value?) where value > 0: run.fit.batchSize = value
    case ("epochs", _), ("batch_size", _):
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    default: throw EditError.unknownTarget(edit.target)
    }
  }
}
