/// Something the user handed in.
public struct InputSource: Codable, Hashable, Sendable {
  /// What kind of thing it is, in the words of the report.
  public enum Kind: String, Codable, Hashable, Sendable {
    case script, notebook, model, data, log, capture
  }
  /// What kind of thing it is.
  public var kind: Kind
  /// Where it was read from, as the user wrote it.
  public var path: String
  /// The SHA-256 of its bytes in hexadecimal; `nil` for a folder.
  public var sha256: String?

  /// An input.
  public init(kind: Kind, path: String, sha256: String? = nil) {
    self.kind = kind
    self.path = path
    self.sha256 = sha256
  }
}
