/// Lays out text for one ``Appearance``: wraps, indents and colours.
struct Page {
  /// The colours that a report uses; each has one meaning.
  enum Tint: String {
    /// Something is wrong.
    case alarm = "31"
    /// Something is well.
    case well = "32"
    /// Something is not known.
    case doubt = "33"
    /// A heading.
    case strong = "1"
    /// Something of lesser weight.
    case faint = "2"
  }

  let appearance: Appearance

  /// Prose wider than this is hard to read, however wide the terminal.
  static let widestProse = 100

  /// How wide prose may be.
  var proseWidth: Int { min(appearance.width, Page.widestProse) }

  /// The text in a colour, if colours are wanted.
  func painted(_ text: String, _ tint: Tint) -> String {
    appearance.usesColour && !text.isEmpty ? "\u{1b}[\(tint.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// The text from outside, in what this place can show.
  func safe(_ text: String) -> String {
    let escaped = SafeText.escaped(text)
    return appearance.usesUnicode ? escaped : SafeText.ascii(escaped)
  }

  /// Our own sign, or its spelling in ASCII.
  func sign(_ sign: String) -> String {
    appearance.usesUnicode ? sign : SafeText.ascii(sign)
  }

  /// A text as lines that fit; a word longer than a line is cut.
  ///
  /// - Parameters:
  ///   - text: the text; it is made safe first.
  ///   - first: what the first line starts with.
  ///   - rest: what the others start with, as a rule as many blanks.
  func wrapped(_ text: String, first: String = "", rest: String? = nil) -> [String] {
    let rest = rest ?? String(repeating: " ", count: first.count)
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in safe(text).split(separator: " ") {
      var word = word
      if !isEmpty && line.count + 1 + word.count > proseWidth {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      while isEmpty && line.count + word.count > proseWidth && proseWidth > line.count {
        let room = proseWidth - line.count
        lines.append(line + word.prefix(room))
        word = word.dropFirst(room)
        line = rest
      }
      line += isEmpty ? word : " " + word
      isEmpty = false
    }
    lines.append(line)
    return lines
  }

  /// A strong label and its text behind it, indented by two; further lines start below the text.
  func labelled(_ label: String, _ text: String) -> [String] {
    let blanks = String(repeating: " ", count: label.count + 3)
    let lines = wrapped(text, first: blanks)
    let first =
      "  " + painted(label, .strong) + " " + (lines.first ?? blanks).dropFirst(blanks.count)
    return [first] + lines.dropFirst()
  }
}
