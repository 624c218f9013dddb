import CaseFile
import JSON
import Training

/// Drops rows: `data.drop_rows` with `non-finite` for those that hold NaN or infinite values, or with
/// `rows` and their numbers.
struct DropRowsEdit: EditRule {
  let pattern = ["data", "drop_rows"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    if let numbers = edit.to["rows"]?.array?.compactMap(\.int) {
      run.data.dropRows(Set(numbers))
      guard run.data.training.rowCount > 0 else {
        throw EditError.missing("row that would be left")
      }
      return
    }
    guard edit.to.string == "non-finite" else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.data.dropNonFiniteRows()
    guard run.data.training.rowCount > 0 else {
      throw EditError.missing("row without NaN or infinite values")
    }
  }
}
