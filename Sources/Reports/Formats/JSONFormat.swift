public import CaseFile
public import JSON

/// The report as one JSON object, for other programs.
///
/// Its members are public and named by ``schema``: members are added, never renamed. Numbers that
/// JSON cannot hold are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
public struct JSONFormat: ReportFormat {
  /// The name of the set of members.
  public static let schema = "downhill.report/1"

  /// The format.
  public init() {}

  /// `json`.
  public var name: String { "json" }
  /// What it is for.
  public var summary: String { "one JSON object, \(JSONFormat.schema)" }

  /// The object, indented, with a line break at its end.
  public func render(_ report: Report, for appearance: Appearance) -> String {
    let text = JSONFormat.document(report).text(.pretty, nonFinite: .strings)
    return SafeText.escapedInsideJSON(text) + "\n"
  }

  /// The object as a value.
  public static func document(_ report: Report) -> JSONValue {
    var document = members(report)
    if let found = report.replay { document["replay"] = replay(found) }
    if let patch = report.patch { document["patch"] = .string(patch) }
    return document
  }

  private static func replay(_ replay: Replay) -> JSONValue {
    [
      "verdict": .string(replay.verdict.rawValue),
      "steps": .int(replay.steps),
      "largest_difference": .double(replay.largestDifference),
      "disagreement": replay.disagreement.map {
        ["step": .int($0.step), "recorded": .double($0.recorded), "own": .double($0.own)]
      } ?? .null,
      "reason": optional(replay.reason),
    ]
  }

  private static func members(_ report: Report) -> JSONValue {
    [
      "schema": .string(schema),
      "tool": ["name": "downhill", "version": .string(DownhillVersion.current)],
      "inputs": .array(report.inputs.map(input)),
      "verdict": .string(report.verdict.rawValue),
      "complaint": complaint(report.complaint),
      "causes": .array(report.causes.map(cause)),
      "ruled_out": .array(
        report.ruledOut.map { ["id": .string($0.id), "because": .string($0.because)] }),
      "not_examined": .array(report.notExamined.map(notExamined)),
      "timing": [
        "static_s": .double(report.timing.statics),
        "probes_s": .double(report.timing.probes),
        "trials_s": .double(report.timing.trials),
      ],
      "headline": .string(report.headline),
      "trials_ran": .bool(report.trialsRan),
      "curve": .array(report.curve.map { .double($0) }),
    ]
  }

  private static func input(_ input: InputSource) -> JSONValue {
    [
      "kind": .string(input.kind.rawValue),
      "path": .string(input.path),
      "sha256": optional(input.sha256),
    ]
  }

  private static func complaint(_ complaint: Complaint) -> JSONValue {
    [
      "symptom": .string(complaint.symptom.rawValue),
      "series": .string(complaint.series),
      "since_step": complaint.sinceStep.map { .int($0) } ?? .null,
      "text": .string(complaint.text),
    ]
  }

  private static func cause(_ cause: CauseFinding) -> JSONValue {
    var object: JSONObject = [
      "id": .string(cause.id),
      "confidence": .double(cause.confidence),
      "proven": .bool(cause.isProven),
      "summary": .string(cause.summary),
      "evidence": .array(cause.evidence.map(evidence)),
      "location": cause.location.map(location) ?? .null,
      "remedy": cause.remedy.map(remedy) ?? .null,
      "trials": .array(cause.trials.map(trial)),
      "advice": optional(cause.advice),
    ]
    if let rows = cause.suspectRows { object["suspect_rows"] = .array(rows.map(suspect)) }
    return .object(object)
  }

  private static func suspect(_ row: SuspectRow) -> JSONValue {
    [
      "row": .int(row.row), "found": .string(row.found), "expected": optional(row.expected),
      "confidence": row.confidence.map { .double($0) } ?? .null,
    ]
  }

  private static func evidence(_ evidence: Evidence) -> JSONValue {
    [
      "text": .string(evidence.text),
      "value": evidence.value.map { .double($0) } ?? .null,
      "unit": optional(evidence.unit),
      "basis": .string(evidence.basis.rawValue),
      "sample": optional(evidence.sample),
    ]
  }

  private static func location(_ location: SourceLocation) -> JSONValue {
    var place: JSONValue = [
      "path": .string(location.path),
      "line": .int(location.line),
      "column": .int(location.column),
    ]
    if let cell = location.cell { place["cell"] = .int(cell) }
    return place
  }

  private static func remedy(_ remedy: Remedy) -> JSONValue {
    let edits = remedy.edits.map { edit -> JSONValue in
      ["target": .string(edit.target), "from": edit.from, "to": edit.to]
    }
    return [
      "summary": .string(remedy.summary),
      "edits": .array(edits),
      "python": .array(remedy.python.map { .string($0) }),
    ]
  }

  private static func trial(_ trial: TrialPair) -> JSONValue {
    [
      "seed": .int(trial.seed),
      "baseline": series(trial.baseline),
      "remedied": series(trial.remedied),
    ]
  }

  private static func series(_ series: [String: [Double]]) -> JSONValue {
    var object = JSONObject()
    for (name, values) in series.sorted(by: { $0.key < $1.key }) {
      object[name] = .array(values.map { .double($0) })
    }
    return .object(object)
  }

  private static func notExamined(_ cause: NotExamined) -> JSONValue {
    [
      "id": .string(cause.id),
      "needs": .array(cause.needs.map { .string($0) }),
      "hint": .string(cause.hint),
    ]
  }

  private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
