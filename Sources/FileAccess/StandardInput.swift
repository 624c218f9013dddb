#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What another program, or the keyboard, hands in.
public enum StandardInput {
  /// How the command line names it.
  public static let path = "-"
  /// How messages name it.
  public static let name = "standard input"

  /// All of it, at most `limit` bytes.
  ///
  /// - Throws: ``InputError`` if it cannot be read, or goes on beyond the limit.
  public static func bytes(limit: Int) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(0, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw InputError(FileProblem("read", code: errno), in: name)
      }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= limit else {
        throw InputError(LargeFile(size: bytes.count, limit: limit), in: name)
      }
    }
  }
}
