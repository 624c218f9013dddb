import CaseFile
import JSON
import Networks
import Training

/// Sets an argument of `fit`: `fit.epochs`, `fit.batch_size`, `fit.callbacks`. Of the callbacks those
/// stay that are given, and those that are new are followed.
struct FitEdit: EditRule {
  let pattern = ["fit", "*"]
  let place = EditPlace.fit

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    switch (path[1], edit.to.int) {
    case ("callbacks", _):
      let wanted = edit.to.array ?? []
      let new = wanted.filter { !run.fit.callbacks.contains($0) }
      let names = wanted.compactMap { $0.string ?? $0["class_name"]?.string }
      run.callbacks.removeAll { callback in
        guard let callback = callback as? any Configurable else { return false }
        return !names.contains(type(of: callback).className)
      }
      run.callbacks += try new.map { try FitEdit.callback($0, in: run, edit) }
      run.fit.callbacks = wanted
    case ("epochs", let value?) where value > 0: run.fit.epochs = value
    case ("batch_size", let value?) where value > 0: run.fit.batchSize = value
    case ("epochs", _), ("batch_size", _):
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    default: throw EditError.unknownTarget(edit.target)
    }
  }

  /// A callback that is to be followed from now on; none that writes files.
  private static func callback(
    _ description: JSONValue, in run: Run, _ edit: Edit
  ) throws -> any Callback {
    let callback = try CallbackCatalogue.callback(description)
    guard !(callback is any FileWritingCallback) else {
      throw EditError.unfit(target: edit.target, value: "\(description)")
    }
    let monitor = description["config"]?["monitor"]?.string ?? "val_loss"
    guard run.validates || !monitor.hasPrefix("val_") else {
      throw EditError.missing("validation data, which \(monitor) asks for")
    }
    return callback
  }
}
