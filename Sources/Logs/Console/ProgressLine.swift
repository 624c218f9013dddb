/// The losses and metrics on one line, with how far the epoch has come.
struct ProgressLine: Hashable, Sendable {
  /// A value with its name.
  struct Entry: Hashable, Sendable {
    var name: String
    var number: LoggedNumber
  }

  /// The steps (or rows, with old versions of Keras) done; `nil` where the line does not count.
  var step: Int?
  /// The steps of the epoch; `nil` if not known.
  var total: Int?
  /// Whether the line says how long the epoch will still take, so that it is not at its end.
  var isUnderWay = false
  /// The epoch that the line itself names.
  var epoch: Int?
  /// How many epochs the line says there are.
  var planned: Int?
  /// The values in order.
  var entries: [Entry]

  /// The value of a series, by its canonical name.
  func number(_ name: String) -> LoggedNumber? { entries.last { $0.name == name }?.number }

  /// Whether it is the last step of the epoch.
  var isAtEnd: Bool { step == nil || (total != nil && step == total) }

  /// Keras' own lines, from version 1 on:
  ///
  ///     45/45 - 0s - 2ms/step - accuracy: 0.0759 - loss: 2.4158
  ///     3/3 ━━━━━━━━━━━━━━━━━━━━ 1s 241ms/step - accuracy: 0.6000 - loss: 0.6525
  ///     60000/60000 [==============================] - 5s 83us/sample - loss: 0.2 - acc: 0.94
  ///     0s - loss: 0.3 - acc: 0.9
  init?(_ text: ArraySlice<UInt8>, isCut: Bool) {
    let parts = ProgressLine.fields(text)
    guard var head = parts.first else { return nil }
    if let step = ConsoleLine.wholeNumber(&head), head.first == UInt8(ascii: "/") {
      head.removeFirst()
      if let total = ConsoleLine.wholeNumber(&head) {
        self.total = total
      } else if head.hasPrefix("Unknown") {
        head = head.dropFirst(7)
      } else if !head.hasPrefix("?") {
        return nil
      }
      // "1/2 of the rows" and "1/1/2020" are no progress.
      if let next = head.first, !next.isASCIISpace, next != UInt8(ascii: "["), next < 128 {
        return nil
      }
      self.step = step
    } else if !(parts.count > 1 && ProgressLine.isDuration(parts[0].trimmed)) {
      return nil
    }
    entries = []
    for (index, part) in parts.enumerated().dropFirst() {
      let field = part.trimmed
      if field.hasPrefix("ETA:") {
        isUnderWay = true
        continue
      }
      let isLast = index == parts.count - 1
      if let entry = ProgressLine.entry(field) {
        if isLast, isCut, !ProgressLine.isWhole(entry.number, beside: entries) { continue }
        entries.append(entry)
      }
    }
    guard step != nil || !entries.isEmpty else { return nil }
  }

  /// The fields between dashes: a dash counts that stands between a space and a space, or a letter.
  private static func fields(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "-") {
        let before = index == text.startIndex || text[index - 1].isASCIISpace
        let next = index + 1 < text.endIndex ? text[index + 1] : 32
        if before, next.isASCIISpace {
          // A leading dash, as of " - 1s - loss: …", opens no field of its own.
          if !text[start..<index].trimmed.isEmpty { parts.append(text[start..<index]) }
          start = index + 1
        }
      }
      index += 1
    }
    parts.append(text[start...])
    return parts
  }

  /// `loss: 0.5`; what follows the number must be nothing or a space.
  private static func entry(_ field: ArraySlice<UInt8>) -> Entry? {
    guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = field[..<colon].trimmed
    guard let first = name.first, first.isASCIILetter || first == 95 || first > 127,
      name.count <= 100
    else { return nil }
    var rest = field[(colon + 1)...].trimmed
    guard let number = LoggedNumber(&rest), rest.first?.isASCIISpace ?? true else { return nil }
    return Entry(name: SeriesName.canonical(name.text), number: number)
  }

  /// Whether a number at the end of a log has all its digits. Keras prints four behind the point.
  private static func isWhole(_ number: LoggedNumber, beside others: [Entry]) -> Bool {
    guard number.value.isFinite else { return true }
    return number.decimals >= (others.map(\.number.decimals).max() ?? 4)
  }

  /// `5s`, `398ms`, `1:05`.
  private static func isDuration(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first.isASCIIDigit, text.count < 24 else { return false }
    return text.allSatisfy { $0.isASCIIDigit || "hmusμ:./ step".utf8.contains($0) }
      && text.contains(where: { $0 == UInt8(ascii: "s") || $0 == UInt8(ascii: ":") })
  }
}
