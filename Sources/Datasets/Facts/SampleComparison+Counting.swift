package import CaseFile
package import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SampleComparison {
  /// Beyond this many rows a side, evenly spaced ones stand for all.
  private static let maximumRows = 2000
  /// Beyond this many columns, evenly spaced ones stand for all: images and spectra.
  private static let maximumColumns = 64
  /// So few rows tell nothing.
  private static let minimumRows = 10
  /// The chance, over all columns, that two samples of one population are said to differ.
  private static let level = 1e-4

  /// Compares two arrays column by column; `nil` for too few rows and for rows of different lengths.
  ///
  /// - Throws: What reading a file throws.
  package init?(_ training: any RowSource, _ validation: any RowSource) throws {
    let length = training.rowLength
    guard length > 0, validation.rowLength == length, training.rowCount >= Self.minimumRows,
      validation.rowCount >= Self.minimumRows
    else { return nil }
    let step = max(1, (length + Self.maximumColumns - 1) / Self.maximumColumns)
    let columns = Array(stride(from: 0, to: length, by: step))
    let samples = (try Self.sorted(training, columns), try Self.sorted(validation, columns))
    let distances = columns.indices.compactMap { place -> (column: Int, distance: Double)? in
      let (column, first, second) = (columns[place], samples.0[place], samples.1[place])
      guard first.count >= Self.minimumRows, second.count >= Self.minimumRows else { return nil }
      return (column, Self.distance(first, second))
    }
    guard let farthest = distances.max(by: { $0.distance < $1.distance }) else { return nil }
    // Smirnov's bound: P(D > d) ≤ 2 exp(−2 d² m), with m = n₁ n₂ / (n₁ + n₂); Bonferroni over columns.
    let (n, m) = (
      Double(min(training.rowCount, Self.maximumRows)),
      Double(min(validation.rowCount, Self.maximumRows))
    )
    let effective = n * m / (n + m)
    let limit = (log(2 * Double(distances.count) / Self.level) / (2 * effective)).squareRoot()
    let sorted = distances.map(\.distance).sorted()
    self.init(
      columns: distances.count, differing: distances.count { $0.distance > limit },
      farthest: farthest.column, distance: farthest.distance,
      typicalDistance: sorted[sorted.count / 2])
  }

  private static func sorted(_ source: any RowSource, _ columns: [Int]) throws -> [[Float]] {
    let step = max(1, (source.rowCount + maximumRows - 1) / maximumRows)
    return try source.columns(columns, everyRow: step).map { $0.filter(\.isFinite).sorted() }
  }

  /// The largest distance between the shares of both samples up to a value; equal values count at once.
  private static func distance(_ first: [Float], _ second: [Float]) -> Double {
    var (i, j, largest) = (0, 0, 0.0)
    while i < first.count, j < second.count {
      let value = min(first[i], second[j])
      while i < first.count, first[i] <= value { i += 1 }
      while j < second.count, second[j] <= value { j += 1 }
      largest = max(
        largest, abs(Double(i) / Double(first.count) - Double(j) / Double(second.count)))
    }
    return largest
  }
}
