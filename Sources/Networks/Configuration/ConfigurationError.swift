/// A configuration says something that cannot be used.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was being read: `Dense 'dense_1'`.
  public let subject: String
  /// The member that is wrong, empty if it is the whole.
  public let key: String
  /// What stood there.
  public let found: String
  /// What can stand there.
  public let expected: String
  /// What to do about it; empty if putting the expected value there is all.
  public let advice: String

  /// An error about a member of a configuration.
  public init(
    subject: String, key: String, found: String, expected: String, advice: String = ""
  ) {
    self.subject = subject
    self.key = key
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// The error as a sentence.
  public var description: String {
    let place = key.isEmpty ? subject : "\(subject): '\(key)'"
    return "\(place): found \(found), expected \(expected)" + (advice.isEmpty ? "" : ". \(advice)")
  }
}
