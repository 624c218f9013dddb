/// What one piece of console output says.
enum ConsoleLine: Hashable, Sendable {
  /// `Epoch 3/20`, and what stands behind it on the same line.
  case epoch(number: Int, planned: Int?)
  /// A progress bar, or the line that Keras prints at the end of an epoch.
  case progress(ProgressLine)
  /// The last line of a traceback.
  case error(String)
  /// The first line of a traceback.
  case traceback
  /// The run ended before its last epoch because a callback said so.
  case stopped
  /// A line that carries nothing of the losses, but whose kind is known.
  case known
  /// A line of an unknown kind.
  case unknown

  /// Reads a piece.
  ///
  /// - Parameter isCut: whether the log ends here in the middle of a line, so that its last number
  ///   may lack digits.
  init(_ text: ArraySlice<UInt8>, isCut: Bool) {
    let text = text.trimmed
    if text.isEmpty {
      self = .known
    } else if let header = ConsoleLine.header(text) {
      self = .epoch(number: header.number, planned: header.planned)
    } else if let line = ProgressLine(text, isCut: isCut) {
      self = .progress(line)
    } else if text.hasPrefix("Traceback (most recent call last)") {
      self = .traceback
    } else if let error = ConsoleLine.errorText(text) {
      self = .error(error)
    } else if text.contains(": early stopping") || text.contains("Invalid loss, terminating") {
      self = .stopped
    } else if let line = ProgressLine(written: text, isCut: isCut) {
      self = .progress(line)
    } else {
      self = KnownLines.contains(text) ? .known : .unknown
    }
  }

  /// `Epoch 3/20`; `Epoch 00003: …` is a message of a callback and no header.
  private static func header(_ text: ArraySlice<UInt8>) -> (number: Int, planned: Int?)? {
    guard let found = headerPrefix(text), found.rest.trimmed.isEmpty else { return nil }
    return (found.number, found.planned)
  }

  /// The header at the beginning of a text, and what follows it.
  static func headerPrefix(
    _ text: ArraySlice<UInt8>
  ) -> (number: Int, planned: Int?, rest: ArraySlice<UInt8>)? {
    guard text.hasPrefix("Epoch ") || text.hasPrefix("epoch ") else { return nil }
    var rest = text.dropFirst(6)
    guard let number = wholeNumber(&rest) else { return nil }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    rest.removeFirst()
    // "Epoch 1/Unknown" has no end.
    if let planned = wholeNumber(&rest) { return (number, planned, rest) }
    return nil
  }

  /// Digits at the beginning of a text.
  static func wholeNumber(_ text: inout ArraySlice<UInt8>) -> Int? {
    let digits = text.prefix { $0.isASCIIDigit }
    guard !digits.isEmpty, digits.count <= 12 else { return nil }
    text = text.dropFirst(digits.count)
    return Int(digits.text)
  }

  /// `ValueError: …`, `tensorflow.errors.InvalidArgumentError: …`, `KeyboardInterrupt`.
  private static func errorText(_ text: ArraySlice<UInt8>) -> String? {
    let name = text.prefix { $0.isNamePart || $0 == UInt8(ascii: ".") }
    guard ["Error", "Exception", "KeyboardInterrupt"].contains(where: { name.text.hasSuffix($0) }),
      let first = name.first, first.isASCIILetter
    else { return nil }
    let rest = text.dropFirst(name.count)
    guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
    return text.prefix(500).text
  }
}
