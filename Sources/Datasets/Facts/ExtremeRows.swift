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

  /// The rows; `nil` for arrays in which they are not looked for.
  static func rows(of tensor: Tensor, facts: ArrayFacts) -> [Int]? {
    let length = tensor.rowLength
    guard tensor.shape.rank <= 2, length <= maximumColumns, tensor.rowCount >= minimumRows else {
      return nil
    }
    var found: Set<Int> = []
    let columns = facts.columns.isEmpty ? [facts.overall] : facts.columns
    for (column, figures) in columns.enumerated() where column < length {
      let reach = max(figures.maximum - figures.mean, figures.mean - figures.minimum)
      guard reach > minimumDistance * figures.standardDeviation else { continue }
      let values = (0..<tensor.rowCount).map { Double(tensor.scalars[$0 * length + column]) }
      let sorted = values.filter(\.isFinite).sorted()
      guard sorted.count > 1 else { continue }
      let cut = Int(tail * Double(sorted.count - 1))
      let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
      let width = high - low
      guard width > 0 else { continue }
      for (row, value) in values.enumerated()
      where value - high > distance * width || low - value > distance * width {
        found.insert(row)
      }
    }
    return Array(found.sorted().prefix(ArrayFacts.maximumExtremeRows))
  }
}
