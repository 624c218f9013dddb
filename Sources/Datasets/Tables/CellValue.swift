/// What a cell of a table holds.
enum CellValue: Hashable {
  case number(Double)
  case missing
  case text

  /// The words that pandas takes for a missing value, in small letters, and the `?` of older data.
  private static let missingWords: Set<String> = [
    "", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "nil", "?", "<na>",
  ]

  /// Reads a cell. With `decimalComma`, `3,14` is a number.
  init(_ text: some StringProtocol, decimalComma: Bool = false) {
    var word = text[...]
    while let first = word.unicodeScalars.first, first == " " || first == "\t" {
      word = word.dropFirst()
    }
    while let last = word.unicodeScalars.last, last == " " || last == "\t" {
      word = word.dropLast()
    }
    // Swift also takes hexadecimal for a number, which no table means.
    let isPlain = !word.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") || $0 | 0x20 == 0x70 }
    if isPlain, let number = Double(String(word)), !number.isNaN {
      self = .number(number)
      return
    }
    let small = word.lowercased()
    if Self.missingWords.contains(small) {
      self = .missing
    } else if small == "true" || small == "false" {
      self = .number(small == "true" ? 1 : 0)
    } else if decimalComma, word.utf8.count(where: { $0 == UInt8(ascii: ",") }) == 1, isPlain,
      let number = Double(String(word.map { $0 == "," ? "." : $0 }))
    {
      self = .number(number)
    } else {
      self = .text
    }
  }
}
