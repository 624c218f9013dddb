/// What a program wrote to a terminal, as the pieces between which the terminal would have moved: a
/// progress bar that was redrawn a hundred times is a hundred pieces, of which all can be read.
struct TerminalText: Sequence, IteratorProtocol {
  /// What stood between two movements.
  struct Piece {
    /// The text without escape sequences.
    var text: ArraySlice<UInt8>
    /// The number of its line, from 1.
    var line: Int
    /// What ended it.
    var end: End
    /// Where it stands among the bytes of the log.
    var range: Range<Int>
  }

  /// What ends a piece.
  enum End {
    /// The end of its line: what stands there stays there.
    case line
    /// A carriage return or backspaces: the line is drawn again.
    case redraw
    /// The end of the log, where a line may be cut.
    case log
  }

  private let bytes: [UInt8]
  /// Where the next piece begins.
  private(set) var position = 0
  private var line = 1

  /// Lines longer than this are no console output.
  private static let longestLine = 1 << 16

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Piece? {
    guard position < bytes.count else { return nil }
    var text: [UInt8] = []
    let (number, start) = (line, position)
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 10:
        position += 1
        line += 1
        return Piece(text: text[...], line: number, end: .line, range: start..<position)
      case 13 where position + 1 < bytes.count && bytes[position + 1] == 10:
        position += 1
      case 8, 13:
        while position < bytes.count, bytes[position] == 8 || bytes[position] == 13 {
          // "\b\b\r\n" ends the line.
          if bytes[position] == 13, position + 1 < bytes.count, bytes[position + 1] == 10 { break }
          position += 1
        }
        // Nothing was drawn yet: this is how a redrawn line begins.
        if text.contains(where: { !$0.isASCIISpace }) {
          return Piece(text: text[...], line: number, end: .redraw, range: start..<position)
        }
        text = []
      default:
        if let length = escapeLength(at: position) {
          position += length
        } else {
          text.append(byte)
          position += 1
          if text.count > TerminalText.longestLine {
            return Piece(text: text[...], line: number, end: .redraw, range: start..<position)
          }
        }
      }
    }
    return Piece(text: text[...], line: number, end: .log, range: start..<position)
  }

  /// Goes on behind what was read in another way.
  mutating func skip(to end: Int) {
    guard end > position else { return }
    line += bytes[position..<end].count { $0 == 10 }
    position = end
  }

  /// How long the escape sequence at a position is; `nil` for other text.
  ///
  /// Pasting loses the escape character itself, so that `[32m` alone remains, or writes it out as
  /// `^[[32m`, `\x1b[32m`, `\u001b[32m`, `\033[32m`.
  private func escapeLength(at start: Int) -> Int? {
    var index = start
    switch bytes[start] {
    case 0x1B: index += 1
    case UInt8(ascii: "["): break
    case UInt8(ascii: "^"), UInt8(ascii: "\\"), 0xE2:
      guard
        let length = TerminalText.writtenEscapes.first(where: { bytes[start...].starts(with: $0) })?
          .count, start + length < bytes.count, bytes[start + length] == UInt8(ascii: "[")
      else { return nil }
      index += length
    default: return nil
    }
    guard index < bytes.count else { return index - start }
    if bytes[start] == 0x1B, bytes[index] == UInt8(ascii: "]") {
      // An operating system command ends with BEL or ESC.
      while index < bytes.count, bytes[index] != 7, bytes[index] != 10 {
        if bytes[index] == 0x1B { return Swift.min(index + 2, bytes.count) - start }
        index += 1
      }
      return index + (index < bytes.count && bytes[index] == 7 ? 1 : 0) - start
    }
    guard bytes[index] == UInt8(ascii: "[") else { return bytes[start] == 0x1B ? 2 : nil }
    index += 1
    let parameters = index
    while index < bytes.count, bytes[index].isASCIIDigit || bytes[index] == UInt8(ascii: ";") {
      index += 1
    }
    guard index < bytes.count else { return bytes[start] == 0x1B ? index - start : nil }
    if bytes[start] == 0x1B { return index + 1 - start }
    // Without the escape character only colours are taken for a sequence.
    let isColour = bytes[index] == UInt8(ascii: "m") && index - parameters < 12
    return isColour && (index > parameters || bytes[start] != UInt8(ascii: "["))
      ? index + 1 - start : nil
  }

  private static let writtenEscapes: [[UInt8]] = [
    "^[", "\\x1b", "\\x1B", "\\u001b", "\\033", "\\e", "␛",
  ].map { Array($0.utf8) }
}
