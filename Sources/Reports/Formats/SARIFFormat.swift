public import CaseFile
import Diagnosis
public import JSON

/// The faults of a report in SARIF 2.1.0, for code scanners and editors.
///
/// Each cause of a fault is one result, at its place in the source where that is known, else at the
/// file that was examined. Reports without a fault have no results. After the OASIS standard "Static
/// Analysis Results Interchange Format (SARIF) Version 2.1.0".
public struct SARIFFormat: ReportFormat {
  /// The format.
  public init() {}

  /// `sarif`.
  public var name: String { "sarif" }
  /// What it is for.
  public var summary: String { "SARIF 2.1.0, faults only, for code scanners" }

  /// The document, indented, with a line break at its end.
  public func render(_ report: Report, for appearance: Appearance) -> String {
    let text = SARIFFormat.document(report).text(.pretty, nonFinite: .strings)
    return SafeText.escapedInsideJSON(text) + "\n"
  }

  /// The document as a value.
  public static func document(_ report: Report) -> JSONValue {
    let causes = report.verdict == .fault ? report.causes : []
    var ids: [String] = []
    for cause in causes where !ids.contains(cause.id) { ids.append(cause.id) }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "downhill",
              "semanticVersion": .string(DownhillVersion.current),
              "rules": .array(ids.map(rule)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "invocations": [["executionSuccessful": true]],
          "artifacts": .array(report.inputs.map(artifact)),
          "results": .array(
            causes.map { result($0, index: ids.firstIndex(of: $0.id) ?? 0, in: report) }),
        ]
      ],
    ]
  }

  private static func rule(_ id: String) -> JSONValue {
    var rule: JSONObject = ["id": .string(id)]
    if let cause = CauseCatalogue.all.first(where: { $0.id == id }) {
      rule["shortDescription"] = ["text": .string(cause.title)]
      rule["fullDescription"] = ["text": .string(cause.explanation)]
    }
    rule["help"] = ["text": .string("downhill explain \(id)")]
    return .object(rule)
  }

  private static func artifact(_ input: InputSource) -> JSONValue {
    var artifact: JSONObject = ["location": ["uri": .string(reference(input.path))]]
    if let hash = input.sha256 { artifact["hashes"] = ["sha-256": .string(hash)] }
    return .object(artifact)
  }

  private static func result(_ cause: CauseFinding, index: Int, in report: Report) -> JSONValue {
    var text = cause.summary
    if let remedy = cause.remedy { text += " Remedy: \(remedy.summary)." }
    if let advice = cause.advice { text += " Advice: \(advice)" }
    var result: JSONObject = [
      "ruleId": .string(cause.id),
      "ruleIndex": .int(index),
      "level": cause.isProven ? "error" : "warning",
      "kind": "fail",
      "message": ["text": .string(text)],
    ]
    if let location = location(cause, in: report) { result["locations"] = [location] }
    result["properties"] = [
      "confidence": .double(cause.confidence),
      "proven": .bool(cause.isProven),
      "evidence": .array(cause.evidence.map { .string($0.sentence) }),
    ]
    return .object(result)
  }

  /// The place in the source, or the first file that was examined, as a whole.
  private static func location(_ cause: CauseFinding, in report: Report) -> JSONValue? {
    guard let path = cause.location?.path ?? report.inputs.first?.path else { return nil }
    var place: JSONObject = ["artifactLocation": ["uri": .string(reference(path))]]
    if let location = cause.location {
      place["region"] = [
        "startLine": .int(max(1, location.line)), "startColumn": .int(max(1, location.column)),
      ]
    }
    return ["physicalLocation": .object(place)]
  }

  /// A path as a URI reference (RFC 3986): bytes that may not stand in one are percent-encoded.
  static func reference(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
