/// The cells of a table in text: separated by commas, semicolons or tabs, some of them in quotes.
struct DelimitedRows {
  /// The rows; empty lines are left out.
  private(set) var rows: [[String]] = []
  /// The number of the line on which each row begins, from 1.
  private(set) var lines: [Int] = []
  /// Whether the last row lacks the end of its line, so that its last number may lack digits.
  private(set) var isCut = false

  /// The separator of a table with a header; `nil` if there is only one column.
  static func separator(_ header: [UInt8]) -> UInt8? {
    [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
      .map { separator in (separator, header.count { $0 == separator }) }
      .filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
  }

  /// Cells longer than this are no numbers and no names.
  private static let longestCell = 1000

  init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
    var row: [String] = []
    var cell: [UInt8] = []
    var (line, start) = (1, 1)
    var isQuoted = false
    var index = bytes.startIndex
    func text() -> String {
      String(decoding: cell.prefix(DelimitedRows.longestCell)[...].trimmed, as: UTF8.self)
    }
    func endRow() {
      row.append(text())
      cell = []
      if row.contains(where: { !$0.isEmpty }) {
        rows.append(row)
        lines.append(start)
      }
      row = []
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == 10 { line += 1 }
      if byte == UInt8(ascii: "\"") {
        // A doubled quote within quotes is one quote.
        if isQuoted, index < bytes.endIndex, bytes[index] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if isQuoted, byte != 10 {
        cell.append(byte)
      } else if byte == separator {
        row.append(text())
        cell = []
      } else if byte == 10 || byte == 13 {
        // No cell of a log holds the end of a line: an open quote is damage that ends here.
        isQuoted = false
        endRow()
        start = byte == 10 ? line : line + 1
      } else {
        cell.append(byte)
      }
    }
    isCut = !cell.isEmpty || !row.isEmpty
    if isCut { endRow() }
  }
}
