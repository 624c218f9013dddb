import CaseFile
import Foundation
import GRDB
import History
import TestSupport
import Testing

@Suite("The history")
struct HistoryStoreTests {
  private func store() throws -> HistoryStore {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "downhill-history-\(UUID().uuidString)")
    return try HistoryStore(path: folder.appending(path: "deep/history.sqlite").path)
  }

  private func run(_ subject: String, kind: RunRecord.Kind = .train) -> NewRun {
    NewRun(kind: kind, subject: subject, version: "1.2.3", settings: ["optimizer": "SGD"])
  }

  @Test("gives back what was put in, NaN and infinity included")
  func roundTrip() throws {
    let store = try store()
    let id = try store.begin(run("a <b>;DROP TABLE run;--"))
    let values: [Double] = [2.5, .nan, .infinity, -.infinity, 5e-300]
    try store.append(
      values.enumerated().map {
        HistoryStore.Value(series: "loss", step: $0.offset + 1, value: $0.element)
      }, notes: ["one", "two"], to: id)
    let series = try #require(try store.series(of: id).first)
    #expect(series.name == "loss" && series.steps == [1, 2, 3, 4, 5])
    #expect(series.values.map(\.description) == values.map(\.description))
    #expect(try store.notes(id) == ["one", "two"])
    let record = try #require(try store.run(id))
    #expect(record.subject == "a <b>;DROP TABLE run;--" && record.settings == ["optimizer": "SGD"])
    #expect(record.status == .running)
    try store.end(id, HistoryStore.Ending(status: .finished, headline: "done"))
    #expect(try store.run(id)?.status == .finished)
    #expect(try store.remove([id]) == 1 && store.count() == 0)
    #expect(try store.series(of: id).isEmpty)
  }

  @Test("keeps the whole report of a diagnosis")
  func report() throws {
    let store = try store()
    let id = try store.begin(run("x", kind: .diagnose))
    var report = Report(
      inputs: [], verdict: .fault, headline: "it is broken",
      complaint: Complaint(symptom: .nan, text: "NaN"),
      causes: [CauseFinding(id: "learning-rate-high", confidence: 0.9, summary: "high")],
      curve: [1, .nan, .infinity])
    report.run = CaseFile()
    report.run?.measurements = Measurements()
    try store.end(id, HistoryStore.Ending(status: .finished, report: report))
    let kept = try #require(try store.report(id))
    #expect(kept.headline == report.headline && kept.causes == report.causes)
    #expect(kept.curve.map(\.description) == report.curve.map(\.description))
    #expect(kept.run?.measurements != nil)
    let record = try #require(try store.run(id))
    #expect(record.verdict == "fault" && record.cause == "learning-rate-high")
  }

  @Test("filters by words, kind and verdict, the latest first")
  func filter() throws {
    let store = try store()
    for name in ["digits 100%", "houses", "digits_b"] { _ = try store.begin(run(name)) }
    let diagnosis = try store.begin(run("digits", kind: .diagnose))
    func found(_ change: (inout RunFilter) -> Void) throws -> [Int64] {
      var filter = RunFilter()
      change(&filter)
      return try store.runs(filter).map(\.id)
    }
    #expect(try found { _ in } == [4, 3, 2, 1])
    #expect(try found { $0.text = "digits" } == [4, 3, 1])
    #expect(try found { $0.text = "100% DIGITS" } == [1])
    #expect(try found { $0.text = "s_b" } == [3])
    #expect(try found { $0.kind = .diagnose } == [diagnosis])
    #expect(try found { $0.verdict = "fault" } == [])
    #expect(try found { $0.limit = 2 } == [4, 3])
    #expect(try found { ($0.limit, $0.before) = (2, 3) } == [2, 1])
    #expect(try found { ($0.text, $0.before) = ("digits", 4) } == [3, 1])
    _ = try store.remove([4])
    #expect(try store.begin(run("later")) == 5, "numbers are never used twice")
  }

  @Test("thins a long curve and keeps its extremes, its ends and what is no number")
  func thinning() throws {
    let store = try store()
    let id = try store.begin(run("long"))
    var values = (1...20_000).map { 1 + Double(($0 * 7919) % 1000) / 1000 }
    values[5_000] = 77
    values[9_000] = -5
    values[12_345] = .nan
    try store.append(
      values.enumerated().map {
        HistoryStore.Value(series: "loss", step: $0.offset + 1, value: $0.element)
      }, notes: [], to: id)
    let series = try #require(try store.series(of: id, limit: 400).first)
    #expect(series.count == 20_000 && series.steps.count <= 410)
    #expect(series.values.contains(77) && series.values.contains(-5))
    #expect(series.values.contains { $0.isNaN })
    #expect(series.steps.first == 1 && series.steps.last == 20_000)
    for (step, value) in zip(series.steps, series.values) {
      #expect(value == values[step - 1] || value.isNaN && values[step - 1].isNaN)
    }
  }

  @Test("takes several writers at once")
  func writers() async throws {
    let path = try store().path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          let store = try HistoryStore(path: path)
          for number in 0..<10 {
            let id = try store.begin(
              NewRun(kind: .train, subject: "\(writer)-\(number)", version: "0"))
            try store.append(
              [HistoryStore.Value(series: "loss", step: 1, value: 1)], notes: [], to: id)
            try store.end(id, HistoryStore.Ending(status: .finished))
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try HistoryStore(path: path)
    #expect(try store.count() == 80 && store.integrity() == "ok")
  }

  @Test("calls a run broken off whose process is gone")
  func vanished() throws {
    let store = try store()
    let id = try store.begin(run("mine"))
    #expect(try store.run(id)?.status == .running)
    let sqlite = try HistoryStore(path: store.path)
    try sqlite.adopt(id, process: 0x7FFF_FFFE)
    #expect(try store.run(id)?.status == .vanished)
  }

  /// The tables as the first release made them, with a run in them.
  @Test("brings a file of the first release up to date, and keeps what is in it")
  func migration() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "downhill-\(UUID().uuidString).sqlite").path
    let old = try DatabaseQueue(path: path)
    try old.write { database in
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('runs, series and notes');
          CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL,
            started REAL NOT NULL, updated REAL NOT NULL, status TEXT NOT NULL, verdict TEXT,
            headline TEXT, cause TEXT, loss REAL, version TEXT NOT NULL, settings TEXT NOT NULL,
            host TEXT NOT NULL, process INTEGER NOT NULL, report TEXT);
          CREATE INDEX run_started ON run (started);
          CREATE TABLE series (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            name TEXT NOT NULL, UNIQUE (run, name));
          CREATE TABLE point (
            series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
            step INTEGER NOT NULL, value REAL, PRIMARY KEY (series, step)) WITHOUT ROWID;
          CREATE TABLE note (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, number INTEGER NOT NULL,
            time REAL NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;
          INSERT INTO run VALUES (7, 'diagnose', 'old', 1, 2, 'finished', 'healthy', 'all is well',
            NULL, 0.5, '0.1', '{"optimizer":"Adam"}', 'here', 1, NULL);
          INSERT INTO series VALUES (3, 7, 'loss');
          INSERT INTO point VALUES (3, 1, 0.75), (3, 2, NULL);
          INSERT INTO note VALUES (7, 1, 1.5, 'said');
          """)
    }
    try old.close()
    let store = try HistoryStore(path: path)
    let record = try #require(try store.run(7))
    #expect(record.subject == "old" && record.settings == ["optimizer": "Adam"])
    #expect(record.verdict == "healthy" && record.loss == 0.5)
    let series = try #require(try store.series(of: 7).first)
    #expect(series.steps == [1, 2] && series.values[0] == 0.75 && series.values[1].isNaN)
    #expect(try store.notes(7) == ["said"])
    // What the migration added can be written.
    let report = Report(
      inputs: [], verdict: .undetermined, headline: "so far",
      complaint: Complaint(symptom: .none, text: ""))
    try store.keep(findings: report, of: 7)
    #expect(try store.findings(7)?.headline == "so far")
    #expect(try store.begin(run("new")) == 8 && store.integrity() == "ok")
    // Opened once more, there is nothing left to do.
    #expect(try HistoryStore(path: path).count() == 2)
  }

  @Test("lies where the user says, else where XDG says")
  func place() {
    func path(_ environment: [String: String]) -> String? {
      HistoryStore.usualPath(environment: environment)
    }
    #expect(path(["HOME": "/h"]) == "/h/.local/share/downhill/history.sqlite")
    #expect(path(["HOME": "/h", "XDG_DATA_HOME": "/d"]) == "/d/downhill/history.sqlite")
    #expect(path(["HOME": "/h", "XDG_DATA_HOME": "relative"])?.hasPrefix("/h/") == true)
    #expect(path(["HOME": "/h", "DOWNHILL_HISTORY": "/x.sqlite"]) == "/x.sqlite")
    #expect(path(["HOME": "/h", "DOWNHILL_HISTORY": "off"]) == nil)
    #expect(path([:]) == nil)
  }
}

@Suite("The recorder")
struct RunRecorderTests {
  @Test("writes a run beside the work")
  func records() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "downhill-\(UUID().uuidString).sqlite").path
    let recorder = RunRecorder(
      path: path, run: NewRun(kind: .train, subject: "x", version: "0"),
      tell: { Issue.record("\($0)") })
    recorder.note("first")
    recorder.note("first")
    for step in 1...100 {
      recorder.record([HistoryStore.Value(series: "loss", step: step, value: 1 / Double(step))])
    }
    recorder.finish(HistoryStore.Ending(status: .finished))
    let store = try HistoryStore(path: path)
    let id = try #require(recorder.number)
    #expect(try store.series(of: id).first?.count == 100)
    #expect(try store.notes(id) == ["first"])
    #expect(try store.run(id)?.loss == 0.01)
  }

  @Test("says once that nothing can be written, and goes on")
  func unwritable() {
    let told = Told()
    let recorder = RunRecorder(
      path: "/dev/null/history.sqlite", run: NewRun(kind: .train, subject: "x", version: "0"),
      tell: { told.add($0) })
    for step in 1...10 {
      recorder.record([HistoryStore.Value(series: "loss", step: step, value: 1)])
    }
    recorder.finish(HistoryStore.Ending(status: .finished))
    #expect(recorder.number == nil)
    #expect(told.count == 1)
  }
}

/// Counts what was said.
private final class Told: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []
  func add(_ line: String) { lock.withLock { lines.append(line) } }
  var count: Int { lock.withLock { lines.count } }
}
