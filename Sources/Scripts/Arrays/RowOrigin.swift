/// From which rows of which array the rows of an array stem: that tells, whatever the numbers are,
/// whether features and targets still belong together, and which rows are where.
struct RowOrigin {
  /// The array, or the pair of arrays, that was made or loaded.
  var source: Int
  /// For each row the row of the source.
  var rows: [Int]
  /// The random orders that were made on the way. Orders drawn here are not those of the run: two that
  /// the run draws alike, from the same seed, differ here.
  var shuffles: Set<Int> = []

  /// The rows of a source in their order.
  init(source: Int, count: Int) {
    self.source = source
    rows = Array(0..<count)
  }

  /// Rows picked by number, counted from the end below 0; `nil` where one is not there.
  func picked(_ indices: [Int], shuffles added: Set<Int> = []) -> RowOrigin? {
    var result = self
    result.rows = []
    result.rows.reserveCapacity(indices.count)
    for index in indices {
      let row = index < 0 ? index + rows.count : index
      guard rows.indices.contains(row) else { return nil }
      result.rows.append(rows[row])
    }
    result.shuffles.formUnion(added)
    return result
  }

  /// Of two arrays joined row by row: what was made first is what the others were made from; `nil` for
  /// rows of one source in two orders.
  static func joined(_ first: RowOrigin?, _ second: RowOrigin?) -> RowOrigin? {
    guard let first else { return second }
    guard let second else { return first }
    if first.source != second.source { return first.source < second.source ? first : second }
    guard first.rows == second.rows else { return nil }
    var result = first
    result.shuffles.formUnion(second.shuffles)
    return result
  }

  /// Whether an order is known between two arrays: at most one of both was shuffled apart.
  private func isComparable(_ other: RowOrigin) -> Bool {
    source == other.source
      && (shuffles.isSubset(of: other.shuffles) || other.shuffles.isSubset(of: shuffles))
  }

  /// Fewer rows than this tell too little.
  private static let fewestRows = 20
  /// Windows of a series are shifted against their targets by one distance, or a few.
  private static let shiftedShare = 0.25

  /// How many rows of features stand beside the targets of other rows, where one of both was shuffled
  /// alone; `nil` where they belong together or nobody can tell.
  func misplaced(against targets: RowOrigin) -> Int? {
    guard isComparable(targets), shuffles != targets.shuffles, rows.count == targets.rows.count,
      rows.count >= RowOrigin.fewestRows, Set(rows) == Set(targets.rows)
    else { return nil }
    let distances = zip(rows, targets.rows).map { $1 - $0 }
    let count = distances.count { $0 != 0 }
    let isShift =
      Double(Set(distances).count) < RowOrigin.shiftedShare * Double(distances.count)
    return isShift || 2 * count < rows.count ? nil : count
  }

  /// How many rows are among those of training; `nil` where nobody can tell.
  func seen(in training: RowOrigin) -> Int? {
    guard isComparable(training) else { return nil }
    let known = Set(training.rows)
    return rows.count { known.contains($0) }
  }
}
