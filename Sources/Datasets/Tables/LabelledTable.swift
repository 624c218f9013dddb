package import FileAccess
import Tensors

/// A table of numbers whose one column is what a model should predict.
package struct LabelledTable: Sendable {
  /// The columns but the labels.
  package let features: SourceArray
  /// The labels.
  package let labels: SourceArray
  /// The name of the label column.
  package let labelName: String
  /// For labels that are words: the words in the order of their codes 0, 1, ….
  package let categories: [String]

  /// Names that label columns go by, in small letters, the surest first.
  private static let labelNames = [
    "label", "labels", "target", "targets", "class", "y", "species", "outcome", "diagnosis",
  ]
  /// How many rows are looked at to tell a header from data.
  private static let headerSample = 100

  /// Bytes of memory for each byte of a table: its text twice, and for cells of eight characters some
  /// forty bytes while they are divided and made numbers.
  private static let growth = 7

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - label: The name or the position (from 0) of the label column; `nil`: found by its name, else
  ///     the last one.
  ///   - categories: The words of the labels, where they are known from another table.
  /// - Throws: ``InputError`` with a ``CSVProblem``.
  package init(path: String, label: String?, categories: [String] = []) throws(InputError) {
    let file = try ReadableFile(path: path)
    try MachineMemory.require(
      Self.growth * file.count, to: "divide it into cells",
      advice: "Save its numbers where rows are read as they are needed: "
        + "numpy.save(\"x.npy\", table.drop(columns=\"y\").to_numpy(\"float32\")), and the labels with "
        + "numpy.save(\"y.npy\", table[\"y\"]).", in: path)
    let bytes = try file.allBytes(limit: file.count)
    try self.init(parsing: bytes, of: path, label: label, categories: categories)
  }

  /// Reads the bytes of a table.
  ///
  /// - Throws: ``InputError`` with a ``CSVProblem``.
  package init(
    parsing bytes: [UInt8], of subject: String, label: String?, categories: [String] = []
  ) throws(InputError) {
    let table: CSVTable
    do throws(PlacedCSVProblem) {
      table = try CSVTable(parsing: bytes)
    } catch {
      throw InputError(error.problem, in: subject, at: ["line \(error.line)"])
    }
    let decimalComma = table.separator == UInt8(ascii: ";")
    guard let first = table.rows.first else { throw InputError(CSVProblem.empty, in: subject) }
    let hasHeader = Self.isHeader(first, above: table.rows.dropFirst(), decimalComma: decimalComma)
    let rows = hasHeader ? table.rows.dropFirst() : table.rows[...]
    guard !rows.isEmpty else { throw InputError(CSVProblem.empty, in: subject) }
    let names =
      hasHeader
      ? first.map { String($0.trimmed) } : (0..<first.count).map { "column \($0)" }
    let labelColumn = try Self.labelColumn(label, names, subject)
    labelName = names[labelColumn]

    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count * (first.count - 1))
    var unreadable = 0
    var isWhole = true
    for row in rows {
      for (column, cell) in row.enumerated() where column != labelColumn {
        switch CellValue(cell, decimalComma: decimalComma) {
        case .number(let number):
          numbers.append(number)
          isWhole = isWhole && number == number.rounded() && abs(number) < 0x1p53
        case .missing:
          numbers.append(.nan)
          isWhole = false
        case .text:
          numbers.append(.nan)
          unreadable += 1
          isWhole = false
        }
      }
    }
    var featureNames = hasHeader ? names : []
    if hasHeader { featureNames.remove(at: labelColumn) }
    let texts = rows.flatMap { row in
      unreadable == 0
        ? [] : row.indices.filter { $0 != labelColumn }.map { String(row[$0]) }
    }
    let shape = [rows.count, first.count - 1]
    features = SourceArray(
      shape: shape, numbers: numbers, dtype: isWhole ? "int64" : "float64",
      columnNames: featureNames, unreadable: unreadable,
      texts: unreadable == 0 ? nil : TextArray(shape: Shape(shape), texts))
    (labels, self.categories) = Self.labels(
      rows.map { $0[labelColumn] }, decimalComma: decimalComma, known: categories)
  }

  /// Codes words as 0, 1, … in alphabetical order; numbers stay as they are.
  private static func labels(
    _ cells: [Substring], decimalComma: Bool, known: [String]
  ) -> (SourceArray, [String]) {
    let values = cells.map { CellValue($0, decimalComma: decimalComma) }
    guard !known.isEmpty || values.contains(.text) else {
      let numbers = values.map { value -> Double in
        if case .number(let number) = value { return number }
        return .nan
      }
      let isWhole = numbers.allSatisfy { $0 == $0.rounded() }
      return (
        SourceArray(
          shape: [numbers.count], numbers: numbers, dtype: isWhole ? "int64" : "float64"), []
      )
    }
    let words = zip(cells, values).map { $1 == .missing ? nil : String($0.trimmed) }
    let categories = known.isEmpty ? Set(words.compactMap(\.self)).sorted() : known
    let codes = Dictionary(
      categories.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
    var unreadable = 0
    let numbers = words.map { word -> Double in
      guard let word else { return .nan }
      if codes[word] == nil { unreadable += 1 }
      return codes[word] ?? .nan
    }
    return (
      SourceArray(shape: [numbers.count], numbers: numbers, dtype: "str", unreadable: unreadable),
      categories
    )
  }

  private static func labelColumn(
    _ label: String?, _ names: [String], _ subject: String
  ) throws(InputError) -> Int {
    if let label {
      if let column = names.firstIndex(of: label) { return column }
      if let number = Int(label) {
        let column = number < 0 ? number + names.count : number
        if names.indices.contains(column) { return column }
      }
      throw InputError(CSVProblem.noColumn(label, known: names), in: subject)
    }
    let small = names.map { $0.lowercased() }
    for name in labelNames {
      if let column = small.firstIndex(of: name) { return column }
    }
    return names.count - 1
  }

  /// A first row is a header if it has a word where numbers stand below, or nothing but different
  /// words.
  private static func isHeader(
    _ first: [Substring], above rows: ArraySlice<[Substring]>, decimalComma: Bool
  ) -> Bool {
    let values = first.map { CellValue($0, decimalComma: decimalComma) }
    let sample = rows.prefix(headerSample)
    for column in values.indices where values[column] == .text {
      let below = sample.map { CellValue($0[column], decimalComma: decimalComma) }
        .filter { $0 != .missing }
      if !below.isEmpty, !below.contains(.text) { return true }
    }
    return values.allSatisfy { $0 == .text } && Set(first).count == first.count
      && !sample.contains { row in zip(first, row).contains { $0 == $1 } }
  }
}

extension Substring {
  /// Without spaces around it.
  fileprivate var trimmed: Substring {
    var result = self
    while result.first == " " { result.removeFirst() }
    while result.last == " " { result.removeLast() }
    return result
  }
}
