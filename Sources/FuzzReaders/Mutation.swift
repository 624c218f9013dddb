/// Changes bytes as damage and malice do: flipped bits, numbers at the edge of their type, parts cut
/// out, doubled, or taken from other files, and words of the format in the wrong place.
struct Mutation {
  var random: Randomness
  /// Words that mean something to some reader.
  private static let words: [[UInt8]] =
    [
      "NaN", "-Infinity", "1e999", "-1", "0", "null", "true", "{}", "[]", "[[", "]", "\"", "\\u",
      "\\ud800", "9223372036854775807", "9223372036854775808", "99999999999", "4294967295", "1.5",
      "'descr'", "'<U99'", "|O", "<f2", ">f8", "|S0", "<U0", "(", ")", "(0,", "True", "L", ",", ";",
      "\"\"", "\r\n", "\n", "\t", "../", "/", ".npy", "NA", "?", "\"units\"", "\"shape\"",
      "\"axis\"", "\"keras_history\"", "\"Sequential\"", "\"Functional\"", "\"batch_shape\"",
      "[null, -1]", "[null, 4611686018427387904]", "\"Reshape\"", "\"Concatenate\"",
    ].map { Array($0.utf8) } + [[0x50, 0x4B, 1, 2], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 6]]
  private static let edges: [UInt64] = [
    0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max,
  ]
  /// Longer inputs only slow the search down.
  private static let maximumSize = 1 << 20

  /// The bytes with some changes, mostly few.
  mutating func mutated(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var result = bytes
    let count = 1 << random.below(5)
    for _ in 0..<1 + random.below(count) { change(&result, others) }
    return Array(result.prefix(Self.maximumSize))
  }

  private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    guard !bytes.isEmpty else {
      bytes = Self.words[random.below(Self.words.count)]
      return
    }
    let place = random.below(bytes.count)
    let length = 1 + random.below(min(bytes.count - place, 1 << random.below(12)))
    switch random.below(11) {
    case 0, 1: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 3, 4:
      let width = 1 << random.below(4)
      var edge = Self.edges[random.below(Self.edges.count)]
      for index in place..<min(place + width, bytes.count) {
        bytes[index] = UInt8(truncatingIfNeeded: edge)
        edge >>= 8
      }
    case 5: bytes.removeSubrange(place..<place + length)
    case 6: bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: place)
    case 7: bytes.removeSubrange(place...)
    case 8:
      let word = Self.words[random.below(Self.words.count)]
      if random.below(2) == 0 {
        bytes.insert(contentsOf: word, at: place)
      } else {
        bytes.replaceSubrange(place..<min(place + word.count, bytes.count), with: word)
      }
    case 9:
      guard let other = others.randomElement(using: &random), !other.isEmpty else { return }
      let start = random.below(other.count)
      bytes.replaceSubrange(
        place..<min(place + length, bytes.count),
        with: other[start..<min(start + length, other.count)])
    default: changeNumber(&bytes, near: place)
    }
  }

  /// Puts another number in the place of the next one in the text.
  private mutating func changeNumber(_ bytes: inout [UInt8], near place: Int) {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    let edge = Self.edges[random.below(Self.edges.count)]
    let text = random.below(2) == 0 ? String(edge) : String(random.below(20) - 3)
    bytes.replaceSubrange(start..<end, with: text.utf8)
  }
}
