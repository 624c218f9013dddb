public import CaseFile
public import Foundation
import GRDB

extension HistoryStore {
  /// A value of a series at a step.
  public struct Value: Hashable, Sendable {
    /// The series, as `loss`.
    public var series: String
    /// The step or epoch, counted from 1.
    public var step: Int
    /// The value; may be NaN or infinite.
    public var value: Double
    /// A value of a series at a step.
    public init(series: String, step: Int, value: Double) {
      self.series = series
      self.step = step
      self.value = value
    }
  }

  /// How a run ended.
  public struct Ending: Sendable {
    /// How far it came.
    public var status: RunRecord.Status
    /// The report of a diagnosis.
    public var report: Report?
    /// One sentence, where there is no report.
    public var headline: String?
    /// How a run ended.
    public init(status: RunRecord.Status, report: Report? = nil, headline: String? = nil) {
      self.status = status
      self.report = report
      self.headline = headline
    }
  }

  /// Writes down that a run begins.
  ///
  /// - Returns: its number.
  public func begin(_ run: NewRun, at time: Date = Date()) throws -> Int64 {
    let settings = try String(decoding: HistoryCoding.encoder.encode(run.settings), as: UTF8.self)
    return try pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO run
            (kind, subject, started, updated, status, version, settings, host, process)
          VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?)
          """,
        arguments: [
          run.kind.rawValue, run.subject, time.timeIntervalSince1970, time.timeIntervalSince1970,
          run.version, settings, HistoryStore.hostName,
          Int64(ProcessInfo.processInfo.processIdentifier),
        ])
      return database.lastInsertedRowID
    }
  }

  /// Writes down what a run did since the last time, all of it or nothing.
  public func append(_ values: [Value], notes: [String], to run: Int64) throws {
    try pool.write { database in
      try HistoryStore.insert(values, run, database)
      let number =
        try Int64.fetchOne(
          database, sql: "SELECT max(number) FROM note WHERE run = ?", arguments: [run]) ?? 0
      let now = Date().timeIntervalSince1970
      for (index, text) in notes.enumerated() {
        try database.execute(
          sql: "INSERT INTO note (run, number, time, text) VALUES (?, ?, ?, ?)",
          arguments: [run, number + 1 + Int64(index), now, text])
      }
      let last = values.last { $0.series == "loss" }?.value
      try database.execute(
        sql: "UPDATE run SET updated = ?, loss = coalesce(?, loss) WHERE id = ?",
        arguments: [now, last, run])
    }
  }

  /// Writes down what is known so far in a diagnosis.
  public func keep(findings report: Report, of run: Int64) throws {
    let document = try HistoryStore.document(report)
    try pool.write { database in
      try database.execute(
        sql: "UPDATE run SET updated = ?, findings = ? WHERE id = ?",
        arguments: [Date().timeIntervalSince1970, document, run])
    }
  }

  /// Writes down the arguments of compile and fit, where they were not known at the beginning.
  public func keep(settings: [String: String], of run: Int64) throws {
    let text = try String(decoding: HistoryCoding.encoder.encode(settings), as: UTF8.self)
    try pool.write { database in
      try database.execute(
        sql: "UPDATE run SET settings = ? WHERE id = ?", arguments: [text, run])
    }
  }

  private static func document(_ report: Report) throws -> String {
    try String(decoding: HistoryCoding.encoder.encode(report.condensed), as: UTF8.self)
  }

  /// Writes down how a run ended. The curves of single trials go: the report keeps those that count.
  public func end(_ run: Int64, _ ending: Ending, values: [Value] = []) throws {
    let document = try ending.report.map(HistoryStore.document)
    try pool.write { database in
      try HistoryStore.insert(values, run, database)
      if document != nil {
        try database.execute(
          sql: "DELETE FROM series WHERE run = ? AND substr(name, 1, ?) = ?",
          arguments: [run, Series.trialPrefix.count, Series.trialPrefix])
      }
      let last = values.last { $0.series == "loss" }?.value
      try database.execute(
        sql: """
          UPDATE run SET updated = ?, status = ?, verdict = ?, headline = ?, cause = ?, report = ?,
            findings = NULL, loss = coalesce(?, loss) WHERE id = ?
          """,
        arguments: [
          Date().timeIntervalSince1970, ending.status.rawValue,
          ending.report?.verdict.rawValue, ending.report?.headline ?? ending.headline,
          ending.report?.causes.first?.id, document, last, run,
        ])
    }
  }

  /// Removes runs with all that was kept of them.
  ///
  /// - Returns: how many there were.
  public func remove(_ runs: [Int64]) throws -> Int {
    try pool.write { database in
      var count = 0
      for run in runs {
        try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run])
        count += database.changesCount
      }
      return count
    }
  }

  private static func insert(_ values: [Value], _ run: Int64, _ database: Database) throws {
    var numbers: [String: Int64] = [:]
    let insertion = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO point (series, step, value) VALUES (?, ?, ?)")
    for value in values {
      let series: Int64
      if let known = numbers[value.series] {
        series = known
      } else {
        try database.execute(
          sql: "INSERT OR IGNORE INTO series (run, name) VALUES (?, ?)",
          arguments: [run, value.series])
        series =
          try Int64.fetchOne(
            database, sql: "SELECT id FROM series WHERE run = ? AND name = ?",
            arguments: [run, value.series]) ?? 0
        numbers[value.series] = series
      }
      try insertion.execute(arguments: [
        series, value.step, value.value.isNaN ? nil : value.value,
      ])
    }
  }
}

extension Report {
  /// The report without what no picture shows: statistics of thousands of columns.
  fileprivate var condensed: Report {
    guard var data = run?.data else { return self }
    func short(_ array: ArrayFacts) -> ArrayFacts {
      var array = array
      if array.columns.count > HistoryStore.keptColumns { array.columns = [] }
      array.runs = []
      return array
    }
    data.features = data.features.map(short)
    data.targets = data.targets.map(short)
    data.validationFeatures = data.validationFeatures.map(short)
    data.validationTargets = data.validationTargets.map(short)
    var report = self
    report.run?.data = data
    return report
  }
}

extension HistoryStore {
  /// Statistics of more columns than these are not kept: they outweigh all the rest.
  fileprivate static let keptColumns = 256
}

extension HistoryStore {
  /// Lets a run belong to another process, for tests of what happens when one is gone.
  package func adopt(_ run: Int64, process: Int32) throws {
    try pool.write { database in
      try database.execute(
        sql: "UPDATE run SET process = ? WHERE id = ?", arguments: [Int64(process), run])
    }
  }
}
