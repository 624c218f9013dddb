import CaseFile
import Charts

/// The ranges of the feature columns whose scale stands out most, training against validation.
struct ColumnsPicture: Picture {
  /// So many columns are compared at a glance.
  private static let count = 12

  func figures(of report: Report) -> [Figure] {
    guard let data = report.run?.data else { return [] }
    return data.features.enumerated().compactMap { index, array in
      let held = data.validationFeatures.count > index ? data.validationFeatures[index] : nil
      return figure(
        array, held, name: data.features.count > 1 ? "input \(index + 1)" : "the features")
    }
  }

  private func figure(_ array: ArrayFacts, _ held: ArrayFacts?, name: String) -> Figure? {
    guard array.columns.count > 1 else { return nil }
    let shown = array.columns.indices.sorted { first, second in
      size(array.columns[first]) > size(array.columns[second])
    }.prefix(ColumnsPicture.count).sorted()
    let hasHeld = held?.columns.count == array.columns.count
    let rows = shown.map { column in
      RowChart.Row(
        array.columnName(column),
        [range(array.columns[column])]
          + (hasHeld ? [held.flatMap { range($0.columns[column]) }] : []))
    }
    let few = shown.count < array.columns.count
    let caption =
      "\(few ? "the \(shown.count) largest of \(array.columns.count) columns" : "the columns") of "
      + "\(name): thin from the lowest to the highest value, thick one standard deviation around "
      + "the mean"
    var chart = RowChart(
      "Scale of the columns", description: caption.asSentence,
      axis: Axis("value", kind: .linear),
      parts: [(hasHeld ? "training" : nil, .first)] + (hasHeld ? [("validation", .second)] : []),
      rows: rows)
    chart.showsFigures = false
    return Figure(chart, caption: caption)
  }

  private func size(_ column: Statistics) -> Double {
    max(abs(column.minimum), abs(column.maximum))
  }

  private func range(_ column: Statistics) -> RowChart.Value {
    .range(
      low: column.minimum, high: column.maximum, mean: column.mean,
      deviation: column.standardDeviation)
  }
}

extension ArrayFacts {
  /// The name of a column, or its number from 0.
  func columnName(_ column: Int) -> String {
    columnNames.indices.contains(column) ? columnNames[column] : "column \(column)"
  }
}
