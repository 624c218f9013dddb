import FileAccess
import JSON

/// The losses and metrics of a run by epoch, as a file: JSON as Keras' `history.history`, or CSV as
/// Keras' `CSVLogger` writes it.
struct HistoryFile {
  /// The kinds of files, told by the end of the name.
  enum Kind {
    case csv, json
  }

  let path: String
  let kind: Kind

  /// A file; `nil` if its name ends neither in `.csv` nor in `.json`.
  init?(path: String) {
    self.path = path
    if path.lowercased().hasSuffix(".csv") {
      kind = .csv
    } else if path.lowercased().hasSuffix(".json") {
      kind = .json
    } else {
      return nil
    }
  }

  /// Writes the series, all of them or none.
  ///
  /// - Parameter firstEpoch: the number of the first epoch, from 0, as CSVLogger counts.
  func write(_ series: [(name: String, values: [Double])], firstEpoch: Int) throws(OutputError) {
    try AtomicFile.write(
      kind == .json
        ? HistoryFile.json(series) : HistoryFile.csv(series, firstEpoch: firstEpoch),
      to: path)
  }

  /// Numbers that are none are `NaN` and `Infinity`, as Python's `json` writes and reads them.
  private static func json(_ series: [(name: String, values: [Double])]) -> String {
    var object = JSONObject()
    for (name, values) in series { object[name] = .array(values.map { .double($0) }) }
    return JSONValue.object(object).text(.pretty) + "\n"
  }

  private static func csv(
    _ series: [(name: String, values: [Double])], firstEpoch: Int
  ) -> String {
    var text = (["epoch"] + series.map { quoted($0.name) }).joined(separator: ",") + "\r\n"
    for row in 0..<(series.map(\.values.count).max() ?? 0) {
      let cells = series.map { row < $0.values.count ? number($0.values[row]) : "NA" }
      text += ([String(firstEpoch + row)] + cells).joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    return value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
  }

  /// A name as one cell that no spreadsheet takes for a formula.
  private static func quoted(_ name: String) -> String {
    let isFormula = name.first.map { "=+-@".contains($0) } ?? false
    let text = isFormula ? "'" + name : name
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
