/// A stretch of a program as Python's parser counts it: lines from 1, columns in UTF-8 bytes from 0.
package struct Span: Hashable, Sendable {
  /// The first line.
  package var line: Int
  /// The column of the first byte.
  package var column: Int
  /// The last line.
  package var endLine: Int
  /// The column behind the last byte.
  package var endColumn: Int

  /// A stretch.
  package init(line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }

  /// Whether the parser told where it ends; Python before 3.8 does not.
  package var hasEnd: Bool { endLine >= line && endLine > 0 }
}
