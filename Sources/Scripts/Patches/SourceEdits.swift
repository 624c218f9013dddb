/// Changes of a text by place, all in places of the text before any of them.
struct SourceEdits {
  private let bytes: [UInt8]
  /// Where each line of the parser's text begins.
  private let starts: [Int]
  private var changes: [(start: Int, end: Int, text: String)] = []
  private let text: ScriptText

  /// Stands between the cells of a notebook; no Python holds it.
  private static let cellMark = "\u{1}"

  init(_ text: ScriptText, _ source: [UInt8]) {
    self.text = text
    guard !text.isNotebook else {
      (bytes, starts) = SourceEdits.joined(text)
      return
    }
    bytes = source
    var found = [source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (index, byte) in source.enumerated() where byte == UInt8(ascii: "\n") {
      found.append(index + 1)
    }
    starts = text.lines.map { found.indices.contains($0.number - 1) ? found[$0.number - 1] : -1 }
  }

  /// The code of a notebook in one text, with marks between the cells.
  private static func joined(_ text: ScriptText) -> ([UInt8], [Int]) {
    var (bytes, starts): ([UInt8], [Int]) = ([], [])
    for (index, line) in text.original.enumerated() {
      if index > 0, text.lines[index].cell != text.lines[index - 1].cell {
        bytes += Array("\(cellMark)\n".utf8)
      }
      starts.append(bytes.count)
      bytes += Array("\(line)\n".utf8)
    }
    return (bytes, starts)
  }

  /// The cells of a notebook that changes reach, with their text after them.
  func changedCells() -> [Int: String] {
    func split(_ text: String) -> [Substring] {
      text.split(separator: "\(SourceEdits.cellMark)\n", omittingEmptySubsequences: false)
    }
    var cells: [Int] = []
    for line in text.lines {
      if let cell = line.cell, cells.last != cell { cells.append(cell) }
    }
    let (old, new) = (split(String(decoding: bytes, as: UTF8.self)), split(applied()))
    guard old.count == new.count, old.count == cells.count else { return [:] }
    var found: [Int: String] = [:]
    for (index, cell) in cells.enumerated() where old[index] != new[index] {
      found[cell] = String(new[index].hasSuffix("\n") ? new[index].dropLast() : new[index])
    }
    return found
  }

  /// The place of a line and column of the parser's text; `nil` where the line was changed for it.
  private func offset(_ line: Int, _ column: Int) -> Int? {
    guard text.lines.indices.contains(line - 1), text.lines[line - 1].isIntact,
      starts.indices.contains(line - 1), starts[line - 1] >= 0
    else { return nil }
    let place = starts[line - 1] + column + text.lines[line - 1].indent
    return place <= bytes.count ? place : nil
  }

  private mutating func change(_ start: Int?, _ end: Int?, _ text: String) throws(ScriptProblem) {
    guard let start, let end, start <= end else {
      throw .notPatchable("a line that must be changed is not as Python reads it")
    }
    guard
      !changes.contains(where: {
        start < $0.end && $0.start < end || ($0.start, $0.end) == (start, end) && start != end
      })
    else {
      if changes.contains(where: { ($0.start, $0.end) == (start, end) && $0.text == text }) {
        return
      }
      throw .notPatchable("two changes meet in one place")
    }
    changes.append((start, end, text))
  }

  /// Puts a text in the place of a stretch.
  mutating func replace(_ span: Span, by text: String) throws(ScriptProblem) {
    guard span.hasEnd else {
      throw .notPatchable("Python before 3.8 does not tell where an expression ends")
    }
    try change(offset(span.line, span.column), offset(span.endLine, span.endColumn), text)
  }

  /// Puts a text behind a stretch.
  mutating func insert(_ text: String, behind span: Span) throws(ScriptProblem) {
    let place = offset(span.endLine, span.endColumn)
    try change(place, place, text)
  }

  /// Puts a text before a stretch.
  mutating func insert(_ text: String, before span: Span) throws(ScriptProblem) {
    let place = offset(span.line, span.column)
    try change(place, place, text)
  }

  /// Puts a line behind a statement that is alone on its lines, as far to the right as it.
  mutating func insert(line: String, behind statement: Span) throws(ScriptProblem) {
    guard let first = offset(statement.line, statement.column),
      let end = offset(statement.endLine, statement.endColumn)
    else {
      throw .notPatchable("a statement that must be followed by another is not as Python reads it")
    }
    var start = first
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    let margin = bytes[start..<first]
    guard margin.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
      throw .notPatchable("the statement does not begin its line")
    }
    var place = end
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
    if place > 0, bytes[place - 1] == UInt8(ascii: "\r") { place -= 1 }
    guard !bytes[end..<place].contains(UInt8(ascii: ";")) else {
      throw .notPatchable("the statement does not end its line")
    }
    try change(place, place, lineEnd + String(decoding: margin, as: UTF8.self) + line)
  }

  /// Puts a text before the closing bracket of a call.
  mutating func insert(_ text: String, atEndOfCall span: Span) throws(ScriptProblem) {
    let place = offset(span.endLine, span.endColumn - 1)
    guard let place, bytes.indices.contains(place), bytes[place] == UInt8(ascii: ")") else {
      throw .notPatchable("the end of a call was not found")
    }
    try change(place, place, text)
  }

  /// Puts lines before a statement, as far to the right as it.
  mutating func insert(lines: [String], before statement: Span) throws(ScriptProblem) {
    guard let first = offset(statement.line, statement.column) else {
      throw .notPatchable("a statement that must be preceded by others is not as Python reads it")
    }
    var start = first
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    let margin = bytes[start..<first]
    guard margin.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
      throw .notPatchable("the statement does not begin its line")
    }
    let indent = String(decoding: margin, as: UTF8.self)
    let text = lines.map { $0 + lineEnd + indent }.joined()
    try change(first, first, text)
  }

  /// Puts lines behind a statement, or at the beginning.
  mutating func insert(lines: [String], after statement: Span?) throws(ScriptProblem) {
    guard let statement else {
      let first = starts.first ?? 0
      try change(first, first, lines.map { $0 + lineEnd }.joined())
      return
    }
    guard let end = offset(statement.endLine, statement.endColumn) else {
      throw .notPatchable("an import is not as Python reads it")
    }
    // What follows on the line, as a comment, stays with it.
    var place = end
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
    if place > 0, bytes[place - 1] == UInt8(ascii: "\r") { place -= 1 }
    try change(place, place, lines.map { lineEnd + $0 }.joined())
  }

  /// Takes a statement away, with its line where nothing else is on it.
  mutating func remove(_ statement: Span) throws(ScriptProblem) {
    guard let start = offset(statement.line, statement.column),
      let end = offset(statement.endLine, statement.endColumn)
    else { throw .notPatchable("a statement that must go is not as Python reads it") }
    var last = end
    while last < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[last]) { last += 1 }
    let isAlone = last < bytes.count && bytes[last] == UInt8(ascii: "\n")
    if statement.column == 0, isAlone, start == starts[statement.line - 1] {
      return try change(start, last + 1, "")
    }
    // The only statement of a block must not leave it empty.
    try change(start, end, "pass")
  }

  /// How the script ends its lines.
  private var lineEnd: String {
    guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")), first > 0 else { return "\n" }
    return bytes[first - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// The text with all changes made.
  func applied() -> String {
    var result: [UInt8] = []
    var place = 0
    for change in changes.enumerated().sorted(by: {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }).map(\.element) {
      result.append(contentsOf: bytes[place..<change.start])
      result.append(contentsOf: Array(change.text.utf8))
      place = change.end
    }
    result.append(contentsOf: bytes[place...])
    return String(decoding: result, as: UTF8.self)
  }
}
