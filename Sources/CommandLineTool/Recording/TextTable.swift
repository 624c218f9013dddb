import Reports

/// Cells in columns, for a terminal.
struct TextTable {
  private let rows: [[String]]

  /// Rows of as many cells each; they are made safe here.
  init(_ rows: [[String]]) { self.rows = rows.map { $0.map(SafeText.escaped) } }

  /// The lines. The last column is cut where it would go beyond the width.
  func text(width: Int) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let room = max(8, width - widths.dropLast().reduce(0) { $0 + $1 + 2 })
    return rows.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        if index == row.count - 1 {
          line += cell.count > room ? cell.prefix(room - 1) + "…" : cell
        } else {
          line += cell + String(repeating: " ", count: widths[index] - cell.count + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
