/// The formats that a report can be shown in.
public enum ReportFormats {
  /// Every format, the usual one first.
  public static let all: [any ReportFormat] = [
    TextFormat(),
    JSONFormat(),
  ]

  /// The format with a name, if there is one.
  public static func format(named name: String) -> (any ReportFormat)? {
    all.first { $0.name == name }
  }
}
