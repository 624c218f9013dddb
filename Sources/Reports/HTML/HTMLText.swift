import Charts

/// Text in HTML.
enum HTMLText {
  /// Text from outside: controls as escapes, markup as entities.
  static func escaped(_ text: String) -> String {
    MarkupText.escaped(SafeText.escaped(text))
  }

  /// The same for code, whose line breaks stay.
  static func code(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { escaped(String($0)) }.joined(separator: "\n")
  }

  /// A text as a sentence, escaped.
  static func sentence(_ text: String) -> String { escaped(text.asSentence) }

  /// A table with a caption; the first cell of each row is its heading. Cells are escaped here.
  static func table(
    _ caption: String, head: [String], rows: [[String]], isNumeric: Bool = false
  ) -> String {
    let heads = head.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let body = rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0
          ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td>\(escaped(cell))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<div class=\"scroll\"><table\(isNumeric ? " class=\"numbers\"" : "")>"
      + "<caption>\(escaped(caption))</caption>\n<thead><tr>\(heads)</tr></thead>\n<tbody>\n"
      + body.joined() + "</tbody></table></div>\n"
  }
}

extension String {
  /// The text with an upper-case first letter and a full stop.
  var asSentence: String {
    guard let first else { return "" }
    let isEnded = last.map { ".?!…".contains($0) } ?? false
    return first.uppercased() + dropFirst() + (isEnded ? "" : ".")
  }
}
