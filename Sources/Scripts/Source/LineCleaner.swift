/// Takes from lines what is no Python: prompts, fences, magics, indentation in common.
struct LineCleaner {
  /// The lines as they were.
  var original: [String] = []
  /// The lines for the parser.
  var python: [String] = []
  /// Where they come from.
  var lines: [ScriptText.Line] = []
  /// What was left out.
  var leftOut: [(line: Int, text: String)] = []

  /// Takes the lines of a file, or of one cell.
  mutating func take(_ text: [String], cell: Int?) {
    let hasPrompts = text.contains { LineCleaner.prompt($0) != nil }
    let fenced = LineCleaner.fenced(text)
    let isCell = text.first { !$0.allSatisfy(\.isWhitespace) }?.hasPrefix("%%") ?? false
    let margin = LineCleaner.margin(text.indices.filter { fenced?[$0] ?? true }.map { text[$0] })
    var isContinuing = false
    for (index, line) in text.enumerated() {
      var (indent, isIntact, kept) = (0, true, Substring(line))
      func leaveOut() {
        (kept, isIntact) = ("", false)
      }
      if let fenced, !fenced[index] {
        leaveOut()
      } else if hasPrompts {
        if let width = LineCleaner.prompt(line) {
          indent = width
          kept = LineCleaner.dropped(line, width)
          isContinuing = true
        } else if isContinuing, LineCleaner.isOutput(line) {
          // What the interpreter printed between prompts.
          leaveOut()
        }
      } else if margin > 0 {
        indent = LineCleaner.margin([line]) >= margin ? margin : 0
        kept = LineCleaner.dropped(line, indent)
      }
      if LineCleaner.isMagic(kept) || (isCell && index == 0)
        || (isCell && LineCleaner.isForeign(text))
      {
        if !kept.isEmpty { leftOut.append((lines.count + 1, String(kept.prefix(80)))) }
        leaveOut()
      }
      original.append(line)
      let plain = LineCleaner.plain(String(kept))
      if plain.utf8.count != kept.utf8.count { isIntact = false }
      python.append(plain)
      lines.append(
        ScriptText.Line(
          cell: cell, number: index + 1, indent: indent, isIntact: isIntact))
    }
  }

  /// The lines within markdown fences, if there are any.
  private static func fenced(_ text: [String]) -> [Bool]? {
    let isFence = text.map { line in
      let start = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      return start.hasPrefix("```") || start.hasPrefix("~~~")
    }
    guard isFence.contains(true) else { return nil }
    var isInside = false
    return isFence.map { fence in
      if fence { isInside.toggle() }
      return isInside && !fence
    }
  }

  /// The number of bytes of a prompt, `>>> `, `... `, `In [3]: `, or of a quotation mark `> `.
  private static func prompt(_ line: String) -> Int? {
    let start = line.prefix { $0 == " " || $0 == "\t" }.utf8.count
    let rest = line.dropFirst(start)
    for mark in [">>> ", "... "] where rest.hasPrefix(mark) { return start + 4 }
    if rest == ">>>" { return start + 3 }
    if rest == "...", start == 0 { return nil }
    guard rest.hasPrefix("In [") || rest.hasPrefix("   ...: "), let end = rest.range(of: "]: ")
    else { return rest.hasPrefix("...: ") ? start + 5 : nil }
    return line.utf8.distance(from: line.startIndex, to: end)
  }

  /// Whether a line between prompts is output: it does not look like a continuation of code.
  private static func isOutput(_ line: String) -> Bool {
    guard let first = line.first else { return false }
    return !first.isWhitespace
  }

  /// The white space that all lines begin with, in bytes.
  private static func margin(_ text: [String]) -> Int {
    text.compactMap { line -> Int? in
      let width = line.prefix { $0 == " " || $0 == "\t" }.utf8.count
      return width == line.utf8.count || line.dropFirst(width).hasPrefix("#") ? nil : width
    }.min() ?? 0
  }

  private static func dropped(_ line: String, _ bytes: Int) -> Substring {
    Substring(String(decoding: Array(line.utf8).dropFirst(bytes), as: UTF8.self))
  }

  /// Whether a line is a command to the notebook: `%matplotlib inline`, `!pip install`, `?help`.
  private static func isMagic(_ line: Substring) -> Bool {
    let start = line.drop { $0 == " " || $0 == "\t" }
    guard let first = start.first else { return false }
    if first == "!" || first == "?" { return true }
    guard first == "%" else { return false }
    return start.dropFirst().first { $0 != "%" }?.isLetter ?? false
  }

  /// Whether a cell is in another language, by its first line.
  private static func isForeign(_ text: [String]) -> Bool {
    guard let first = text.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return false }
    return !["%%time", "%%capture", "%%timeit", "%%python"].contains { first.hasPrefix($0) }
  }

  /// Spaces and quotation marks of typesetting as Python knows them, of the same length where columns
  /// matter less than that the line parses.
  private static func plain(_ line: String) -> String {
    guard line.utf8.contains(where: { $0 >= 0x80 }) else { return line }
    var result = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      switch scalar {
      case "\u{A0}", "\u{2009}", "\u{202F}": result.append(" ")
      case "\u{2018}", "\u{2019}": result.append("'")
      case "\u{201C}", "\u{201D}": result.append("\"")
      case "\u{200B}", "\u{200E}": break
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Substring {
  /// The place behind the first occurrence of a text.
  fileprivate func range(of text: String) -> Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
