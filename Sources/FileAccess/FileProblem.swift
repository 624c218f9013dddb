#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why the system would not open or read a file.
public struct FileProblem: InputProblem, Hashable {
  /// The system's error number.
  public let code: Int32
  /// What was tried, as `open` or `read`.
  public let action: String

  package init(_ action: String, code: Int32) {
    self.action = action
    self.code = code
  }

  /// Whether there is no such file.
  public var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  /// What was found, against what was expected.
  public var finding: String {
    isNotFound ? "no such file or folder" : "cannot \(action) it: \(systemMessage(code))"
  }

  /// What to do next.
  public var advice: String {
    switch code {
    case ENOENT, ENOTDIR: "Check the spelling and the folder it is relative to."
    case EACCES, EPERM: "Check who may read it (ls -l)."
    case EISDIR: "Name a file instead of a folder."
    default: ""
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
