import CaseFile
import JSON
import Training

/// Drops the rows that hold NaN or infinite values: `data.drop_rows`.
struct DropRowsEdit: EditRule {
  let pattern = ["data", "drop_rows"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.string == "non-finite" else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    run.data.dropNonFiniteRows()
    guard run.data.training.rowCount > 0 else {
      throw EditError.missing("row without NaN or infinite values")
    }
  }
}
