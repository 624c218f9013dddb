/// The formats that a report can be shown in.
public enum ReportFormats {
  /// Every format, the usual one first.
  public static let all: [any ReportFormat] = [
    TextFormat(),
    JSONFormat(),
    HTMLFormat(),
    SARIFFormat(),
    JUnitFormat(),
  ]

  /// The format that suits the end of a file's name; text where the end says nothing.
  public static func format(forFile path: String) -> any ReportFormat {
    let name = path.lowercased()
    let ends: [(end: String, format: any ReportFormat)] = [
      (".sarif.json", SARIFFormat()), (".sarif", SARIFFormat()), (".json", JSONFormat()),
      (".html", HTMLFormat()), (".htm", HTMLFormat()), (".xml", JUnitFormat()),
    ]
    return ends.first { name.hasSuffix($0.end) }?.format ?? TextFormat()
  }

  /// The format with a name, if there is one.
  public static func format(named name: String) -> (any ReportFormat)? {
    all.first { $0.name == name }
  }
}
