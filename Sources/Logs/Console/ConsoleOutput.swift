import CaseFile
import FileAccess

/// What a program printed while it trained: Keras' progress bars of versions 1 to 3, its lines of
/// `verbose=2`, lines that programs print themselves, and `print(history.history)`.
struct ConsoleOutput: LogFormat {
  let name = "console output"

  func recognises(_ beginning: LogBeginning) -> Bool {
    var text = TerminalText(beginning.bytes)
    while let piece = text.next() {
      for part in ConsoleOutput.parts(piece.text) {
        switch ConsoleLine(part, isCut: false) {
        case .epoch, .traceback, .error: return true
        case .progress(let line) where line.entries.contains { $0.name.hasSuffix("loss") }:
          return true
        default: break
        }
      }
      if PythonHistory.beginning(in: beginning.bytes[piece.range]) != nil { return true }
    }
    return false
  }

  func read(_ bytes: [UInt8], name: String) throws(InputError) -> TrainingLog {
    var reader = ConsoleReader(form: self.name)
    var text = TerminalText(bytes)
    while let piece = text.next() {
      if let start = PythonHistory.beginning(in: bytes[piece.range]),
        let found = PythonHistory(bytes, from: start)
      {
        reader.take(found)
        text.skip(to: found.end)
        continue
      }
      for part in ConsoleOutput.parts(piece.text) { reader.take(part, of: piece) }
    }
    return reader.finished()
  }

  /// A line cut at the headers in it: pasting may have lost the ends of lines.
  private static func parts(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = text
    var search = text.startIndex
    while let index = rest.firstIndex(of: "poch ", from: search) {
      search = index + 5
      guard index > rest.startIndex, let header = ConsoleLine.headerPrefix(rest[(index - 1)...])
      else { continue }
      parts.append(rest[..<(index - 1)])
      parts.append(rest[(index - 1)..<header.rest.startIndex])
      rest = header.rest
      search = rest.startIndex
    }
    parts.append(rest)
    let full = parts.filter { !$0.trimmed.isEmpty }
    return full.isEmpty ? [rest] : full
  }
}
