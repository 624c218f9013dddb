import FileAccess

/// A table of texts, as separators and quotes divide them: RFC 4180, with separators other than the
/// comma and with any line ends.
struct CSVTable {
  /// What separates the cells.
  let separator: UInt8
  /// The cells row by row.
  private(set) var rows: [[Substring]] = []
  /// The line, from 1, on which each row begins.
  private(set) var lines: [Int] = []

  /// Separators in the order in which they are preferred where several fit.
  private static let separators: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// How much of a file is looked at to find its separator.
  private static let sampleSize = 64 << 10

  /// Divides a text into cells.
  ///
  /// - Throws: ``CSVProblem`` with the line, for text that is not UTF-8, quotes that are never closed,
  ///   or rows of different length.
  init(parsing bytes: [UInt8]) throws(PlacedCSVProblem) {
    guard var text = String(validating: bytes, as: UTF8.self) else {
      let valid = String(decoding: bytes, as: UTF8.self).utf8
      let place = zip(valid, bytes).prefix { $0 == $1 }.count
      let line = bytes[..<place].count { $0 == 0x0A } + 1
      throw PlacedCSVProblem(problem: .notUTF8, line: line)
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    text.makeContiguousUTF8()
    separator = Self.separator(of: text)
    try divide(text)
  }

  private mutating func divide(_ text: String) throws(PlacedCSVProblem) {
    let bytes = text.utf8
    var row: [Substring] = []
    var line = 1
    var rowLine = 1
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let (cell, next) = try self.cell(text, from: place, line: &line)
      row.append(cell)
      place = next
      guard place < bytes.endIndex, bytes[place] == separator else {
        // At a line's end, or the end of all.
        try finish(&row, line: rowLine)
        if place < bytes.endIndex {
          if bytes[place] == 0x0D, bytes[bytes.index(after: place)...].first == 0x0A {
            place = bytes.index(after: place)
          }
          place = bytes.index(after: place)
        }
        line += 1
        rowLine = line
        continue
      }
      place = bytes.index(after: place)
      if place == bytes.endIndex {
        // A separator at the very end leaves one more, empty cell.
        row.append("")
        try finish(&row, line: rowLine)
      }
    }
  }

  private mutating func finish(
    _ row: inout [Substring], line: Int
  ) throws(PlacedCSVProblem) {
    defer { row.removeAll(keepingCapacity: true) }
    if row.count == 1, row[0].utf8.allSatisfy({ $0 == 0x20 }) { return }
    if let first = rows.first, first.count != row.count {
      throw PlacedCSVProblem(
        problem: .ragged(found: row.count, expected: first.count, first: lines[0]), line: line)
    }
    rows.append(row)
    lines.append(line)
  }

  /// Takes one cell; what stands behind it is a separator, a line's end, or nothing.
  private func cell(
    _ text: String, from start: String.Index, line: inout Int
  ) throws(PlacedCSVProblem) -> (Substring, String.Index) {
    let bytes = text.utf8
    func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }
    guard bytes[start] == UInt8(ascii: "\"") else {
      let end = bytes[start...].firstIndex(where: isEnd) ?? bytes.endIndex
      return (text[start..<end], end)
    }
    let opened = line
    var content = ""
    var from = bytes.index(after: start)
    while true {
      guard let quote = bytes[from...].firstIndex(of: UInt8(ascii: "\"")) else {
        throw PlacedCSVProblem(problem: .openQuote, line: opened)
      }
      content += text[from..<quote]
      line += bytes[from..<quote].count { $0 == 0x0A }
      from = bytes.index(after: quote)
      guard from < bytes.endIndex, bytes[from] == UInt8(ascii: "\"") else { break }
      content += "\""
      from = bytes.index(after: from)
    }
    let end = bytes[from...].firstIndex(where: isEnd) ?? bytes.endIndex
    return (Substring(content + text[from..<end]), end)
  }

  /// The separator that divides the first lines into the same number of cells, more than one.
  private static func separator(of text: String) -> UInt8 {
    var counts = [[Int]](repeating: [0], count: separators.count)
    var isQuoted = false
    for byte in text.utf8.prefix(sampleSize) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A {
        for index in counts.indices { counts[index].append(0) }
      } else if let index = separators.firstIndex(of: byte) {
        counts[index][counts[index].count - 1] += 1
      }
    }
    // The last line may be cut by the end of the sample.
    let whole = counts.map { $0.count > 1 ? Array($0.dropLast()) : $0 }
    let steady = separators.indices.first { index in
      guard let first = whole[index].first, first > 0 else { return false }
      return whole[index].allSatisfy { $0 == first || $0 == 0 }
    }
    let most = separators.indices.max { (whole[$0].first ?? 0) < (whole[$1].first ?? 0) }
    guard let most, (whole[most].first ?? 0) > 0 else { return separators[0] }
    return separators[steady ?? most]
  }
}

/// What is wrong with a table, and on which line.
struct PlacedCSVProblem: Error {
  let problem: CSVProblem
  let line: Int
}
