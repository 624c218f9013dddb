public import CaseFile

/// A way to show a report: text for people, or a document for another program.
///
/// A format is one file in `Formats/` and one line in ``ReportFormats/all``.
public protocol ReportFormat: Sendable {
  /// The word after `--format`.
  var name: String { get }
  /// What it is for, in a few words.
  var summary: String { get }
  /// The whole report, ending with a line break.
  ///
  /// - Parameters:
  ///   - report: what to show. Its texts may hold names from files and are not to be trusted.
  ///   - appearance: what the place can do where it is shown; documents for programs ignore it.
  func render(_ report: Report, for appearance: Appearance) -> String
}
