public import CaseFile
public import Tensors

extension ColumnHistogram {
  /// So many ranges show a shape; more turn into noise on a few hundred rows.
  private static let binCount = 24
  /// How many columns are counted.
  private static let columnCount = 4
  /// Beyond this many rows evenly spaced ones serve: the shape no longer changes.
  private static let maximumRows = 50_000

  /// The histograms of the columns whose scale stands out most: those with the largest values, and
  /// those with the most extreme value for their own spread.
  ///
  /// - Complexity: O(rows) a column.
  /// - Throws: What reading a file throws.
  public static func standingOut(
    of inputs: [any RowSource], facts: [ArrayFacts]
  ) throws -> [ColumnHistogram] {
    try zip(inputs, facts).enumerated().flatMap { number, pair in
      let (input, facts) = pair
      guard input.rowCount > 0 else { return [ColumnHistogram]() }
      let columns = columns(of: facts).filter { $0 < input.rowLength }
      if columns.isEmpty { return [] }
      let values = try input.columns(columns, everyRow: max(1, input.rowCount / maximumRows))
      return zip(columns, values).compactMap { column, values in
        ColumnHistogram(of: values.map(Double.init), input: number, column: column)
      }
    }
  }

  /// Half of them by the size of their values, half by how far the farthest lies out.
  private static func columns(of facts: ArrayFacts) -> [Int] {
    let columns = facts.columns.indices.filter { facts.columns[$0].standardDeviation > 0 }
    func size(_ index: Int) -> Double {
      max(abs(facts.columns[index].minimum), abs(facts.columns[index].maximum))
    }
    func reach(_ index: Int) -> Double {
      let column = facts.columns[index]
      return max(column.maximum - column.mean, column.mean - column.minimum)
        / column.standardDeviation
    }
    var picked: [Int] = []
    for order in [columns.sorted { size($0) > size($1) }, columns.sorted { reach($0) > reach($1) }]
    {
      for index in order.prefix(columnCount / 2) where !picked.contains(index) {
        picked.append(index)
      }
    }
    return picked.sorted()
  }

  private init?(of elements: [Double], input: Int, column: Int) {
    let values = elements.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    let count = ColumnHistogram.binCount
    var counts = [Int](repeating: 0, count: count)
    for value in values {
      counts[min(count - 1, Int((value - low) / (high - low) * Double(count)))] += 1
    }
    self.init(
      input: input, column: column,
      edges: (0...count).map { low + (high - low) * Double($0) / Double(count) }, counts: counts)
  }
}
