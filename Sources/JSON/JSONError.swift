/// Why bytes are not a JSON document, and where.
public struct JSONError: Error, Hashable, Sendable {
  /// What was wrong.
  public enum Reason: Hashable, Sendable {
    /// A character that cannot stand there; what could have stood there.
    case unexpected(found: String, expected: String)
    /// The document ends before it is complete; what was still expected.
    case endOfInput(expected: String)
    /// Something stands behind the document.
    case trailing(found: String)
    /// A string holds bytes that are not UTF-8.
    case invalidUTF8
    /// Half of a surrogate pair, which stands for no character.
    case loneSurrogate(String)
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// The document has more bytes than the limit.
    case tooLarge(bytes: Int, limit: Int)
  }

  /// What was wrong.
  public let reason: Reason
  /// The line, from 1.
  public let line: Int
  /// The position within the line in bytes, from 1.
  public let column: Int

  package init(_ reason: Reason, line: Int, column: Int) {
    self.reason = reason
    self.line = line
    self.column = column
  }
}

extension JSONError: CustomStringConvertible {
  /// The place and the problem in one line.
  public var description: String { "line \(line), column \(column): \(problem)" }

  /// What was found and what was expected instead.
  public var problem: String {
    switch reason {
    case .unexpected(let found, let expected): "found \(found) where \(expected) was expected"
    case .endOfInput(let expected): "the text ends where \(expected) was expected"
    case .trailing(let found): "found \(found) behind the end of the document"
    case .invalidUTF8: "a string holds bytes that are not UTF-8"
    case .loneSurrogate(let escape): "\(escape) is half of a character"
    case .tooDeep(let limit): "arrays and objects are nested more than \(limit) deep"
    case .tooLarge(let bytes, let limit): "\(bytes) bytes, where at most \(limit) are accepted"
    }
  }
}
