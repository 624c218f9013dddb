package import FileAccess
import JSON

/// The text of a script as the user wrote it, and the Python in it with the way back to each place.
///
/// Pasted snippets come with prompts, markdown fences and an indentation of their own, notebooks with
/// cells and magics; what the parser reads has none of these, line for line.
package struct ScriptText: Sendable {
  /// The file, as the user named it.
  package let path: String
  /// Whether it is a notebook.
  package let isNotebook: Bool
  /// What the parser reads.
  package let python: String
  /// The lines as they stand in the file (for notebooks: in the cells).
  package let original: [String]
  /// Where each line of ``python`` comes from.
  package let lines: [Line]
  /// Lines that were left out because they are no Python, as magics: how they begin.
  package let leftOut: [(line: Int, text: String)]

  /// Where a line comes from.
  package struct Line: Hashable, Sendable {
    /// The number of its cell, from 1; `nil` outside of notebooks.
    package var cell: Int?
    /// Its number within the file or cell, from 1.
    package var number: Int
    /// How many bytes were taken away at its beginning.
    package var indent: Int
    /// Whether the rest is as the user wrote it.
    package var isIntact: Bool
  }

  /// The longest text that is read: a hundred times what a long script has.
  package static let limit = 4 << 20
  /// The largest notebook; their pictures take most of it.
  package static let notebookLimit = 256 << 20

  /// Reads the text of a script.
  ///
  /// - Throws: ``InputError`` for what is too large, or a notebook without cells.
  package init(bytes: [UInt8], path: String) throws(InputError) {
    self.path = path
    let head = bytes.prefix(64).first { $0 > 0x20 }
    isNotebook = path.hasSuffix(".ipynb") || (head == UInt8(ascii: "{") && Self.isNotebook(bytes))
    var cleaner = LineCleaner()
    if isNotebook {
      guard bytes.count <= Self.notebookLimit else {
        throw InputError(
          ScriptProblem.tooLarge(bytes: bytes.count, limit: Self.notebookLimit), in: path)
      }
      let document = try JSONValue(parsing: bytes, of: path, at: [])
      guard let cells = document["cells"]?.array ?? document["worksheets"]?[0]?["cells"]?.array
      else { throw InputError(ScriptProblem.notANotebook, in: path) }
      for (index, cell) in cells.enumerated() where cell["cell_type"]?.string == "code" {
        let source = cell["source"] ?? cell["input"] ?? .null
        let text = source.string ?? (source.array ?? []).compactMap(\.string).joined()
        cleaner.take(Self.split(text), cell: index + 1)
      }
    } else {
      guard bytes.count <= Self.limit else {
        throw InputError(ScriptProblem.tooLarge(bytes: bytes.count, limit: Self.limit), in: path)
      }
      cleaner.take(Self.split(String(decoding: bytes, as: UTF8.self)), cell: nil)
    }
    original = cleaner.original
    lines = cleaner.lines
    python = cleaner.python.joined(separator: "\n") + "\n"
    leftOut = cleaner.leftOut
  }

  private static func isNotebook(_ bytes: [UInt8]) -> Bool {
    (try? JSONValue(parsing: bytes))?["cells"]?.array != nil
  }

  /// The lines of a text, whichever way they end.
  static func split(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        if line.last == "\r" { line.removeLast() }
        lines.append(String(line))
        line = String.UnicodeScalarView()
      } else if scalar != "\u{FEFF}" && scalar != "\u{0}" && scalar != "\u{0C}" {
        line.append(scalar)
      }
    }
    if line.last == "\r" { line.removeLast() }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }

  /// The place in the user's file of the beginning of a stretch: line, column from 1, and cell.
  package func place(of span: Span) -> (line: Int, column: Int, cell: Int?)? {
    guard lines.indices.contains(span.line - 1) else { return nil }
    let line = lines[span.line - 1]
    // The parser counts bytes, people and editors count characters.
    let before = original[span.line - 1].utf8.prefix(span.column + line.indent)
    let column = String(decoding: Array(before), as: UTF8.self).unicodeScalars.count
    return (line.number, column + 1, line.cell)
  }

  /// The text of a stretch, if it lies on lines that are as the user wrote them.
  package func text(of span: Span) -> String? {
    guard span.hasEnd, span.line >= 1, span.endLine <= lines.count else { return nil }
    var parts: [String] = []
    for number in span.line...span.endLine {
      guard lines[number - 1].isIntact else { return nil }
      let bytes = Array(original[number - 1].utf8)
      let indent = lines[number - 1].indent
      let start = number == span.line ? span.column + indent : 0
      let end = number == span.endLine ? span.endColumn + indent : bytes.count
      guard start >= 0, start <= end, end <= bytes.count else { return nil }
      parts.append(String(decoding: bytes[start..<end], as: UTF8.self))
    }
    return parts.joined(separator: "\n")
  }
}
