public import CaseFile
import Charts

/// The report as one HTML file: no script, nothing fetched, light and dark, for screens, telephones
/// and paper.
///
/// Everything that came from outside is escaped, and a policy in the file's head forbids scripts and
/// connections besides.
public struct HTMLFormat: ReportFormat {
  /// The parts of the page, in order. Each is one file in `HTML/Parts/`.
  static let parts: [any HTMLPart] = [
    VerdictPart(),
    CurvesPart(),
    CausesPart(),
    PatchPart(),
    EvidencePart(),
    RuledOutPart(),
    NotExaminedPart(),
    MethodPart(),
  ]

  /// The format.
  public init() {}

  /// `html`.
  public var name: String { "html" }
  /// What it is for.
  public var summary: String { "one HTML file with pictures, for people" }

  /// The whole document.
  public func render(_ report: Report, for appearance: Appearance) -> String {
    let title = "\(report.verdict.rawValue.uppercased()): \(report.headline)"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="downhill \(DownhillVersion.current)">
      <title>\(HTMLText.escaped(title))</title>
      <style>
      \(HTMLStyle.sheet)
      \(ChartStyle.sheet)
      </style>
      </head>
      <body>
      <a class="skip" href="#verdict">To the verdict</a>
      <main>
      \(HTMLFormat.body(of: report))</main>
      </body>
      </html>

      """
  }

  /// The parts alone, for a page that has a head of its own.
  public static func body(of report: Report) -> String {
    parts.map { $0.html(of: report) }.joined()
  }

  /// What is known so far in a diagnosis that is under way: the same parts but for the verdict.
  package static func findings(of report: Report) -> String {
    parts.filter { !($0 is VerdictPart || $0 is MethodPart || $0 is NotExaminedPart) }
      .map { $0.html(of: report) }.joined()
  }

  /// The style that ``body(of:)`` needs on such a page.
  public static var styleSheet: String { HTMLStyle.sheet + "\n" + ChartStyle.sheet + "\n" }
}
