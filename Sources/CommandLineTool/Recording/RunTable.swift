import Foundation
import History
import JSON
import Reports

/// Earlier runs as a table, a line each.
struct RunTable {
  let runs: [RunRecord]

  init(_ runs: [RunRecord]) { self.runs = runs }

  private static let header = ["run", "began", "kind", "state", "loss", "of what"]

  /// The table; the last column is cut to the width.
  func text(for appearance: Appearance) -> String {
    guard !runs.isEmpty else { return "no runs\n" }
    let rows = [RunTable.header] + runs.map(RunTable.cells)
    return TextTable(rows).text(width: appearance.width)
  }

  private static func cells(_ run: RunRecord) -> [String] {
    [
      String(run.id), time(run.started), run.kind.rawValue, standing(run),
      run.loss.map { NumberText.short($0) } ?? "",
      [run.cause, run.subject].compactMap { $0 }.joined(separator: "  "),
    ]
  }

  /// How far a run is, or what was found.
  static func standing(_ run: RunRecord) -> String {
    switch run.status {
    case .finished: run.verdict ?? "finished"
    case .vanished: "broken off"
    case .running, .interrupted, .failed: run.status.rawValue
    }
  }

  /// A time of the place where the program runs, to the minute.
  static func time(_ date: Date) -> String {
    let parts = Calendar.current.dateComponents(
      [.year, .month, .day, .hour, .minute], from: date)
    func two(_ number: Int?) -> String {
      let text = String(number ?? 0)
      return text.count < 2 ? "0" + text : text
    }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute))"
  }

  /// A run for programs.
  static func document(_ run: RunRecord) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    var settings = JSONObject()
    for (name, value) in run.settings.sorted(by: { $0.key < $1.key }) {
      settings[name] = .string(value)
    }
    return [
      "id": .int(Int(run.id)), "kind": .string(run.kind.rawValue),
      "subject": .string(run.subject), "status": .string(run.status.rawValue),
      "started": .string(run.started.formatted(.iso8601)),
      "updated": .string(run.updated.formatted(.iso8601)),
      "verdict": text(run.verdict), "headline": text(run.headline), "cause": text(run.cause),
      "loss": run.loss.map { .double($0) } ?? .null, "version": .string(run.version),
      "settings": .object(settings),
    ]
  }
}
