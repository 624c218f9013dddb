public import CaseFile
import Foundation
import GRDB

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension HistoryStore {
  /// The runs that a filter lets pass, the latest first.
  ///
  /// - Complexity: a thousand runs take milliseconds.
  public func runs(_ filter: RunFilter = RunFilter()) throws -> [RunRecord] {
    var conditions: [String] = []
    var arguments: [(any DatabaseValueConvertible)?] = []
    for word in filter.text.split(separator: " ") {
      // LIKE's own signs stand for themselves.
      let plain = word.map { "%_\\".contains($0) ? "\\\($0)" : String($0) }.joined()
      conditions.append(
        "(subject || ' ' || coalesce(headline, '') || ' ' || coalesce(cause, '')) LIKE ? ESCAPE '\\'"
      )
      arguments.append("%\(plain)%")
    }
    if let kind = filter.kind {
      conditions.append("kind = ?")
      arguments.append(kind.rawValue)
    }
    if let verdict = filter.verdict {
      conditions.append("verdict = ?")
      arguments.append(verdict)
    }
    if let before = filter.before {
      conditions.append("id < ?")
      arguments.append(before)
    }
    let clause = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let sql = "SELECT \(RunRecord.columns) FROM run\(clause) ORDER BY id DESC LIMIT ?"
    arguments.append(filter.limit)
    return try pool.read { database in
      try Row.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
        .map(RunRecord.init)
    }
  }

  /// How many runs there are.
  public func count() throws -> Int {
    try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") ?? 0 }
  }

  /// One run; `nil` if there is none of this number.
  public func run(_ id: Int64) throws -> RunRecord? {
    try pool.read { database in
      try Row.fetchOne(
        database, sql: "SELECT \(RunRecord.columns) FROM run WHERE id = ?", arguments: [id]
      ).map(RunRecord.init)
    }
  }

  /// The report of a diagnosis; `nil` if there is none (yet).
  public func report(_ id: Int64) throws -> Report? { try report(id, from: "report") }

  /// What is known so far in a diagnosis that is under way, as a report; `nil` if nothing is, or if
  /// the answer is there.
  public func findings(_ id: Int64) throws -> Report? { try report(id, from: "findings") }

  private func report(_ id: Int64, from column: String) throws -> Report? {
    let text = try pool.read { database in
      try String.fetchOne(database, sql: "SELECT \(column) FROM run WHERE id = ?", arguments: [id])
    }
    return try text.map { try HistoryCoding.decoder.decode(Report.self, from: Data($0.utf8)) }
  }

  /// What a run said on its way, in order.
  public func notes(_ id: Int64) throws -> [String] {
    try pool.read { database in
      try String.fetchAll(
        database, sql: "SELECT text FROM note WHERE run = ? ORDER BY number", arguments: [id])
    }
  }

  /// A state of the file that changes with every write, and costs next to nothing to ask.
  ///
  /// - Parameter run: the run that is watched; `nil` for all.
  public func revision(of run: Int64? = nil) throws -> String {
    try pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: run == nil
          ? "SELECT max(updated), max(id), count(*) FROM run"
          : "SELECT max(updated), max(status), count(*) FROM run WHERE id = ?",
        arguments: run.map { [$0] } ?? [])
      return row.map { "\($0.databaseValues)" } ?? ""
    }
  }
}

extension RunRecord {
  static let columns =
    "id, kind, subject, started, updated, status, verdict, headline, cause, loss, version, "
    + "settings, host, process"

  init(_ row: Row) {
    let settings: String = row["settings"] ?? "{}"
    let parsed = try? HistoryCoding.decoder.decode(
      [String: String].self, from: Data(settings.utf8))
    self.init(
      id: row["id"] ?? 0, kind: Kind(rawValue: row["kind"] ?? "") ?? .diagnose,
      subject: row["subject"] ?? "", started: Date(timeIntervalSince1970: row["started"] ?? 0),
      updated: Date(timeIntervalSince1970: row["updated"] ?? 0),
      status: Status(rawValue: row["status"] ?? "") ?? .failed, verdict: row["verdict"],
      headline: row["headline"], cause: row["cause"], loss: row["loss"],
      version: row["version"] ?? "", settings: parsed ?? [:])
    if status == .running,
      RunRecord.isGone(process: row["process"] ?? 0, host: row["host"] ?? "", updated: updated)
    {
      status = .vanished
    }
  }

  /// A run of another machine is given up when nothing was heard of it for a day.
  private static let patience: TimeInterval = 86_400

  private static func isGone(process: Int32, host: String, updated: Date) -> Bool {
    guard host == HistoryStore.hostName else {
      return Date().timeIntervalSince(updated) > patience
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
