/// The header of an `.npy` file: a Python dictionary literal with three entries, read by a grammar of
/// its own and never evaluated.
///
/// Format: numpy/lib/format.py, versions 1.0 to 3.0.
struct NPYHeader {
  let descriptor: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Numpy itself writes headers of 118 bytes for plain arrays.
  static let maximumSize = 65_535
  /// NumPy's own limit.
  static let maximumRank = 64

  /// Reads the text of the header.
  init(parsing bytes: ArraySlice<UInt8>) throws(NPYProblem) {
    var reader = LiteralReader(bytes: Array(bytes))
    var descriptor: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try reader.expect("{")
    while !reader.take("}") {
      let key = try reader.string()
      try reader.expect(":")
      switch key {
      case "descr" where descriptor == nil:
        if reader.next == UInt8(ascii: "[") { throw .unsupported("a table of records") }
        descriptor = try reader.string()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try reader.bool()
      case "shape" where shape == nil: shape = try reader.tuple()
      default: throw .header("the entry \(key)")
      }
      if !reader.take(",") {
        try reader.expect("}")
        break
      }
    }
    guard reader.isAtEnd else { throw .header("text behind the dictionary") }
    guard let descriptor, let isFortranOrder, let shape else {
      throw .header("no descr, fortran_order or shape")
    }
    guard shape.count <= Self.maximumRank else { throw .header("\(shape.count) axes") }
    self.descriptor = descriptor
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }
}

/// Takes Python literals off the front of a text: strings without escapes, truth values, tuples of
/// whole numbers.
private struct LiteralReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte that is no space.
  var next: UInt8? {
    mutating get {
      while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
        position += 1
      }
      return position < bytes.count ? bytes[position] : nil
    }
  }

  var isAtEnd: Bool { mutating get { next == nil } }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(NPYProblem) {
    guard take(character) else { throw .header("no \(character) at byte \(position)") }
  }

  mutating func string() throws(NPYProblem) -> String {
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw .header("no string at byte \(position)")
    }
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else {
      throw .header("a string without end")
    }
    let text = bytes[position + 1..<end]
    guard text.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      throw .header("a string with escapes")
    }
    position = end + 1
    return String(decoding: text, as: UTF8.self)
  }

  mutating func bool() throws(NPYProblem) -> Bool {
    _ = next
    for (word, value) in [("True", true), ("False", false)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw .header("neither True nor False at byte \(position)")
  }

  mutating func tuple() throws(NPYProblem) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      _ = next
      let digits = bytes[position...].prefix {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
        throw .header("no extent at byte \(position)")
      }
      position += digits.count
      // Python 2 wrote long integers as 3L.
      _ = take("L")
      numbers.append(number)
      if !take(",") {
        try expect(")")
        // (3) is a number in Python, only (3,) is a tuple.
        guard numbers.count > 1 else { throw .header("a shape that is no tuple") }
        break
      }
    }
    return numbers
  }
}
