import Reports

/// What is said beside the results, on the message stream.
enum Messages {
  /// Sentences that a user should know, a line each.
  static func note(_ sentences: [String]) {
    for sentence in sentences { say("note: \(sentence)") }
  }

  /// One line.
  static func say(_ text: String) {
    OutputStream.messages.write("downhill: \(SafeText.escaped(text))\n")
  }
}
