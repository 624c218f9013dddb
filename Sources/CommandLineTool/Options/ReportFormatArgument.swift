import ArgumentParser
import Reports

/// `--format`: one of the registered forms of a report.
struct ReportFormatArgument: ExpressibleByArgument {
  /// The form.
  var format: any ReportFormat

  init(_ format: any ReportFormat) { self.format = format }

  init?(argument: String) {
    guard let format = ReportFormats.format(named: argument) else { return nil }
    self.format = format
  }

  var defaultValueDescription: String { format.name }

  static var allValueStrings: [String] { ReportFormats.all.map { $0.name } }
}
