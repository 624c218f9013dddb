import CaseFile
import Tensors

/// Rows of which an element lies far outside of its column's bulk.
enum ExtremeRows {
  /// A column whose extremes lie within this many spreads of its mean has no such row: for a single
  /// extreme among n rows the figure is nearly √n.
  private static let minimumDistance = 6.0
  /// Tables wider than this are spectra and images, of which single elements say little.
  private static let maximumColumns = 256
  /// Fewer rows have no bulk.
  private static let minimumRows = 50
  /// The bulk is what lies between these shares of the sorted column.
  private static let tail = 0.01
  /// How many times the width of the bulk an element must lie away from it.
  private static let distance = 30.0

  /// The bulks are found on so many elements, of evenly spaced rows where there are more: its edges are
  /// known to a fraction of a per cent then.
  private static let maximumElements = 1 << 24

  /// The rows; `nil` for arrays in which they are not looked for.
  ///
  /// - Throws: What reading a file throws.
  static func rows(of source: some RowSource, facts: ArrayFacts) throws -> [Int]? {
    let length = source.rowLength
    guard source.shape.rank <= 2, length <= maximumColumns, source.rowCount >= minimumRows else {
      return nil
    }
    let figures = facts.columns.isEmpty ? [facts.overall] : facts.columns
    let suspects = figures.indices.filter { column in
      let column = figures[column]
      let reach = max(column.maximum - column.mean, column.mean - column.minimum)
      return reach > minimumDistance * column.standardDeviation
    }.filter { $0 < length }
    if suspects.isEmpty { return [] }
    let step = max(1, source.rowCount * suspects.count / maximumElements)
    let bulks = try zip(suspects, source.columns(suspects, everyRow: step)).compactMap(bulk)
    if bulks.isEmpty { return [] }
    var found: [Int] = []
    try source.forEachBlock { first, elements in
      for row in 0..<elements.count / length where found.count < ArrayFacts.maximumExtremeRows {
        let isFar = bulks.contains { column, low, high in
          let value = Double(elements[row * length + column])
          return value - high > distance * (high - low) || low - value > distance * (high - low)
        }
        if isFar { found.append(first + row) }
      }
    }
    return found
  }

  /// Between which values the bulk of a column lies; `nil` where there is none.
  private static func bulk(
    _ column: Int, _ elements: [Float]
  ) -> (column: Int, low: Double, high: Double)? {
    let sorted = elements.filter(\.isFinite).map(Double.init).sorted()
    guard sorted.count > 1 else { return nil }
    let cut = Int(tail * Double(sorted.count - 1))
    let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
    return high > low ? (column, low, high) : nil
  }
}
