/// The encodings in which logs come.
enum TextEncoding {
  /// The text in UTF-8 without a byte order mark.
  ///
  /// PowerShell writes what a program prints in UTF-16 with a byte order mark. Anything else is left
  /// as it is: bytes that are no UTF-8 do not disturb the search for numbers.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (low, high) =
        isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
      units.append(UInt16(low) | (UInt16(high) << 8))
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

extension UInt8 {
  /// Space, tab, and the ends of lines.
  var isASCIISpace: Bool { self == 32 || (9...13).contains(self) }
  /// 0 to 9.
  var isASCIIDigit: Bool { (48...57).contains(self) }
  /// A letter of the English alphabet.
  var isASCIILetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
  /// What a name in Python consists of.
  var isNamePart: Bool { isASCIILetter || isASCIIDigit || self == 95 }
}

extension ArraySlice<UInt8> {
  /// Without white space at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isASCIISpace { slice.removeFirst() }
    while let last = slice.last, last.isASCIISpace { slice.removeLast() }
    return slice
  }

  /// The text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether it begins with a text.
  func hasPrefix(_ prefix: StaticString) -> Bool {
    guard count >= prefix.utf8CodeUnitCount else { return false }
    return prefix.withUTF8Buffer { starts(with: $0) }
  }

  /// Whether a text occurs in it.
  func contains(_ text: StaticString) -> Bool { firstIndex(of: text, from: startIndex) != nil }

  /// Where a text occurs first, from a position on.
  func firstIndex(of text: StaticString, from start: Int) -> Int? {
    text.withUTF8Buffer { wanted in
      guard let first = wanted.first, count >= wanted.count else { return nil }
      var index = start
      while index <= endIndex - wanted.count {
        if self[index] == first, self[index..<(index + wanted.count)].elementsEqual(wanted) {
          return index
        }
        index += 1
      }
      return nil
    }
  }
}
