public import CaseFile
import Charts

/// The report as JUnit's XML, for services that show tests: one test case a cause.
///
/// A cause of a fault fails, one that was ruled out passes, one that was not examined is skipped.
/// After the schema of Apache Ant's JUnit task, which Jenkins and its like read.
public struct JUnitFormat: ReportFormat {
  /// The format.
  public init() {}

  /// `junit`.
  public var name: String { "junit" }
  /// What it is for.
  public var summary: String { "JUnit XML, one test case a cause, for build services" }

  /// The document.
  public func render(_ report: Report, for appearance: Appearance) -> String {
    let isFault = report.verdict == .fault
    let cases =
      report.causes.map { isFault ? failed($0, in: report) : passed($0.id, $0.summary) }
      + report.ruledOut.map { passed($0.id, $0.because) }
      + report.notExamined.map(skipped)
    let failures = isFault ? report.causes.count : 0
    let seconds = NumberText.printed(
      report.timing.statics + report.timing.probes + report.timing.trials, "%.3f")
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" "
      + "skipped=\"\(report.notExamined.count)\" time=\"\(seconds)\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="downhill" \(counts)>
      <testsuite name="\(attribute(report.inputs.map(\.path).joined(separator: " ")))" \(counts)>
      \(cases.joined())<system-out>\(HTMLText.escaped(report.headline))</system-out>
      </testsuite>
      </testsuites>

      """
  }

  private func failed(_ cause: CauseFinding, in report: Report) -> String {
    var lines = [cause.summary] + cause.evidence.map { "- " + $0.sentence }
    if let remedy = cause.remedy {
      lines.append("Remedy: " + remedy.summary)
      lines += remedy.edits.map { "\($0.target): \($0.from.brief) -> \($0.to.brief)" }
    }
    if let advice = cause.advice { lines.append("Advice: " + advice) }
    if let place = cause.location { lines.append("\(place.path):\(place.line):\(place.column)") }
    let text = lines.map(HTMLText.escaped).joined(separator: "\n")
    return "<testcase classname=\"downhill\" name=\"\(attribute(cause.id))\">"
      + "<failure message=\"\(attribute(cause.summary))\" "
      + "type=\"\(attribute(cause.standing(in: report)))\">\(text)</failure></testcase>\n"
  }

  private func passed(_ id: String, _ reason: String) -> String {
    "<testcase classname=\"downhill\" name=\"\(attribute(id))\">"
      + "<system-out>\(HTMLText.escaped(reason))</system-out></testcase>\n"
  }

  private func skipped(_ cause: NotExamined) -> String {
    let message = "needs \(cause.needs.joined(separator: ", ")); \(cause.hint)"
    return "<testcase classname=\"downhill\" name=\"\(attribute(cause.id))\">"
      + "<skipped message=\"\(attribute(message))\"/></testcase>\n"
  }

  private func attribute(_ text: String) -> String { HTMLText.escaped(text) }
}
