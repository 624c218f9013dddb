public import CaseFile

/// The report for people at a terminal: the verdict in one line, then why, then what to do, then
/// the proof, then what was ruled out.
public struct TextFormat: ReportFormat {
  /// The parts of the text, in order. Each is one file in `Text/`.
  static let sections: [any TextSection] = [
    VerdictSection(),
    ComplaintSection(),
    CausesSection(),
    RuledOutSection(),
    NotExaminedSection(),
    ReplaySection(),
    EffortSection(),
  ]

  /// The format.
  public init() {}

  /// `text`.
  public var name: String { "text" }
  /// What it is for.
  public var summary: String { "for people, at a terminal" }

  /// The text; parts that have nothing to say leave no blank line behind.
  public func render(_ report: Report, for appearance: Appearance) -> String {
    let page = Page(appearance: appearance)
    let parts = TextFormat.sections.map { $0.lines(of: report, on: page) }
    return parts.filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }
}
