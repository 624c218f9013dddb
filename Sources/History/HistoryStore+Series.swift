import GRDB

extension HistoryStore {
  /// One curve of a run.
  public struct Series: Hashable, Sendable {
    /// Its name, as `val_loss`.
    public var name: String
    /// Its points, with rising steps.
    public var points: [(step: Int, value: Double)] {
      steps.indices.map { (steps[$0], values[$0]) }
    }
    /// The steps.
    public var steps: [Int]
    /// The values.
    public var values: [Double]
    /// How many values the run has; more than ``steps`` if it is thinned.
    public var count: Int

    /// What the name of a trial's curve begins with; its number follows.
    public static let trialPrefix = "trial "
    /// Whether it is the curve of a trial of a diagnosis, not of the run itself.
    public var isTrial: Bool { name.hasPrefix(Series.trialPrefix) }
  }

  /// The curves of a run.
  ///
  /// - Parameters:
  ///   - id: the run.
  ///   - limit: a curve of more values is thinned to about as many: of each stretch of steps the
  ///     lowest, the highest and one that is not finite.
  /// - Complexity: one pass over the values, inside of SQLite.
  public func series(of id: Int64, limit: Int = 1200) throws -> [Series] {
    try pool.read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT id, name FROM series WHERE run = ? ORDER BY id", arguments: [id])
      return try rows.map { row in
        try HistoryStore.series(row["id"] ?? 0, name: row["name"] ?? "", limit: limit, database)
      }
    }
  }

  private static func series(
    _ id: Int64, name: String, limit: Int, _ database: Database
  ) throws -> Series {
    // Steps rise by one as a rule, so their ends tell how many there are, without a count.
    let ends = try Row.fetchOne(
      database,
      sql: """
        SELECT (SELECT step FROM point WHERE series = :id ORDER BY step LIMIT 1),
          (SELECT step FROM point WHERE series = :id ORDER BY step DESC LIMIT 1)
        """, arguments: ["id": id])
    guard let first: Int = ends?[0], let last: Int = ends?[1] else {
      return Series(name: name, steps: [], values: [], count: 0)
    }
    let span = last - first + 1
    var points: [Int: Double] = [:]
    var count = span
    if span <= limit {
      let found = try Row.fetchAll(
        database, sql: "SELECT step, value FROM point WHERE series = ? ORDER BY step",
        arguments: [id])
      for row in found { points[row[0]] = row[1] ?? .nan }
      count = found.count
    } else {
      let width = max(1, 2 * span / limit)
      for start in stride(from: first, through: last, by: width) {
        try add(stretch: start..<start + width, of: id, to: &points, database)
      }
      for step in [first, last] {
        let value = try Row.fetchOne(
          database, sql: "SELECT value FROM point WHERE series = ? AND step = ?",
          arguments: [id, step])
        points[step] = value?[0] ?? .nan
      }
    }
    let steps = points.keys.sorted()
    return Series(name: name, steps: steps, values: steps.map { points[$0] ?? .nan }, count: count)
  }

  /// The lowest and the highest value of a stretch, and the first that is NaN.
  ///
  /// One query a stretch: a GROUP BY over all of them would sort every value first.
  private static func add(
    stretch: Range<Int>, of id: Int64, to points: inout [Int: Double], _ database: Database
  ) throws {
    let arguments: StatementArguments = [id, stretch.lowerBound, stretch.upperBound]
    let range = "FROM point WHERE series = ? AND step >= ? AND step < ?"
    // SQLite takes the other columns from the row that holds the only min or max of a query.
    let lowest = try database.cachedStatement(
      sql: "SELECT step, min(value), count(*) - count(value) \(range)")
    let highest = try database.cachedStatement(sql: "SELECT step, max(value) \(range)")
    guard let low = try Row.fetchOne(lowest, arguments: arguments), let step: Int = low[0] else {
      return
    }
    if let value: Double = low[1] { points[step] = value }
    if let high = try Row.fetchOne(highest, arguments: arguments), let value: Double = high[1] {
      points[high[0]] = value
    }
    if (low[2] ?? 0) > 0 {
      let missing = try Int.fetchOne(
        database, sql: "SELECT min(step) \(range) AND value IS NULL", arguments: arguments)
      if let missing { points[missing] = .nan }
    }
  }
}
