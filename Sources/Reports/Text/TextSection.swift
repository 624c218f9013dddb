import CaseFile

/// One part of the text report.
protocol TextSection: Sendable {
  /// The lines of this part; none if the report gives it nothing to say.
  func lines(of report: Report, on page: Page) -> [String]
}
