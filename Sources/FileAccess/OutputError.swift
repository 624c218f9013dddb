#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be written. Nothing is left under its name that was not there before.
public struct OutputError: Error, Hashable, Sendable {
  /// The path as the user wrote it.
  public let path: String
  /// What was tried, as `create` or `write`.
  public let action: String
  /// The system's error number.
  public let code: Int32

  package init(path: String, action: String, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
  }
}

extension OutputError: CustomStringConvertible {
  /// What was being written, what failed, and what to do, on one line.
  public var description: String {
    let advice =
      switch code {
      case ENOSPC, EDQUOT: "Free some space or choose another folder; nothing was changed."
      case EROFS: "The file system is read-only; choose another folder."
      case EACCES, EPERM: "You may not write there; choose another folder."
      case ENOENT, ENOTDIR: "The folder does not exist; make it first (mkdir -p)."
      case EISDIR: "There is a folder of this name; choose another name."
      default: "Nothing was changed; choose another place."
      }
    return printable("\(path): cannot \(action) the file: \(systemMessage(code)). \(advice)")
  }
}
