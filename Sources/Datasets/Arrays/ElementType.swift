/// The type of an array's elements, as NumPy's `.npy` header names it.
public struct ElementType: Hashable, Sendable {
  /// The kinds that can be read.
  public enum Kind: Character, Hashable, Sendable {
    case bool = "b"
    case int = "i"
    case uint = "u"
    case float = "f"
    /// Strings of bytes, padded with zeros.
    case bytes = "S"
    /// Strings of 32-bit characters, padded with zeros.
    case unicode = "U"
  }

  /// What an element is.
  public let kind: Kind
  /// How many bytes an element takes.
  public let size: Int
  /// Whether its most significant byte comes first.
  let isBigEndian: Bool

  /// The type of a descriptor such as `<f8`, `|b1`, `>i4`, `<U12`; `nil` for those that hold no
  /// plain numbers or strings (objects, complex numbers, dates, records).
  init?(descriptor: String) {
    var characters = Substring(descriptor)
    var order: Character = "|"
    if let first = characters.first, "<>|=".contains(first) {
      order = first
      characters.removeFirst()
    }
    guard let letter = characters.popFirst(),
      let kind = Kind(rawValue: letter == "?" ? "b" : letter),
      let number = letter == "?" ? 1 : Int(characters), number >= 0,
      characters.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    switch kind {
    case .bool: guard number == 1 else { return nil }
    case .int, .uint: guard [1, 2, 4, 8].contains(number) else { return nil }
    case .float: guard [2, 4, 8].contains(number) else { return nil }
    // Longer strings are texts, which are no labels.
    case .bytes, .unicode: guard number <= 1 << 20 else { return nil }
    }
    self.kind = kind
    size = kind == .unicode ? 4 * number : number
    isBigEndian = order == ">"
  }

  /// 32-bit numbers with a fraction, as this machine has them.
  static let float32 = ElementType(float32: ())

  private init(float32: Void) {
    kind = .float
    size = 4
    isBigEndian = false
  }

  /// Whether the elements are strings.
  public var isText: Bool { kind == .bytes || kind == .unicode }

  /// How many bytes are swapped with each other in a big-endian array.
  var wordSize: Int {
    switch kind {
    case .bytes, .bool: 1
    case .unicode: 4
    default: size
    }
  }

  /// NumPy's name of the type: `float64`, `bool`, `<U12`.
  public var name: String {
    switch kind {
    case .bool: "bool"
    case .int: "int\(8 * size)"
    case .uint: "uint\(8 * size)"
    case .float: "float\(8 * size)"
    case .bytes: "|S\(size)"
    case .unicode: "\(isBigEndian ? ">" : "<")U\(size / 4)"
    }
  }
}
