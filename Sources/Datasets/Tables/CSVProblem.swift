public import FileAccess

/// Why a table cannot be read.
public enum CSVProblem: InputProblem, Hashable {
  /// Bytes that are not UTF-8.
  case notUTF8
  /// A quote that is never closed.
  case openQuote
  /// A row with another number of cells than the first one.
  case ragged(found: Int, expected: Int, first: Int)
  /// No row at all, or nothing below the header.
  case empty
  /// A column that was asked for and is not there.
  case noColumn(String, known: [String])

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .notUTF8: "text that is not UTF-8"
    case .openQuote: "a quote that is never closed"
    case .ragged(let found, let expected, let first):
      "\(found) cells, where line \(first) has \(expected)"
    case .empty: "no rows of data"
    case .noColumn(let name, let known):
      "no column \(name); there are " + known.prefix(20).joined(separator: ", ")
        + (known.count > 20 ? " and \(known.count - 20) more" : "")
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .notUTF8: "Save it as UTF-8."
    case .openQuote, .ragged: "Mend that line, or save the table again."
    case .empty: "Check that this is the file you meant."
    case .noColumn: "Name one of them with --labels."
    }
  }
}
