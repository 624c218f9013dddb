#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writing of files that are there whole or not at all: a full disk, a kill or a power cut leaves
/// the old file, or none, under the name.
public enum AtomicFile {
  /// Writes bytes to a temporary file in the same folder, forces it to disk, and gives it its name.
  /// A link is followed; a file that is there keeps its permissions.
  ///
  /// - Throws: ``OutputError`` for a full disk, a read-only or missing folder, and the like.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let target = resolved(path)
    let cut = target.lastIndex(of: "/")
    let folder = cut.map { target[..<$0].isEmpty ? "/" : String(target[..<$0]) } ?? "."
    let name = cut.map { String(target[target.index(after: $0)...]) } ?? target
    // A leading dot keeps it out of listings; a long name must not outgrow the system's limit.
    var template = Array("\(folder)/.\(name.prefix(100)).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw OutputError(path: path, action: "create", code: errno) }
    var action = "write"
    var succeeded = writeAll(bytes, descriptor)
    if succeeded {
      action = "force to disk"
      succeeded = fchmod(descriptor, permissions(of: target)) == 0 && fsync(descriptor) == 0
    }
    var code = succeeded ? 0 : errno
    if close(descriptor) != 0, succeeded {
      (succeeded, code) = (false, errno)
    }
    if succeeded {
      action = "put in place"
      if rename(template, target) != 0 { (succeeded, code) = (false, errno) }
    }
    guard succeeded else {
      unlink(template)
      throw OutputError(path: path, action: action, code: code)
    }
    // The new name itself reaches the disk with its folder; some file systems refuse this, and then
    // there is nothing more to do.
    let folderDescriptor = open(folder, O_RDONLY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      _ = fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }

  /// Writes text as UTF-8, like ``write(_:to:)-([UInt8],_)``.
  ///
  /// - Throws: ``OutputError`` for a full disk, a read-only or missing folder, and the like.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Array(text.utf8), to: path)
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func permissions(of path: String) -> mode_t {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & 0o777 }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        // Systems write at most 2 GiB in one call.
        let piece = min(buffer.count - done, 1 << 30)
        #if canImport(Darwin)
          let written = Darwin.write(descriptor, buffer.baseAddress?.advanced(by: done), piece)
        #elseif canImport(Musl)
          let written = Musl.write(descriptor, buffer.baseAddress?.advanced(by: done), piece)
        #else
          let written = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), piece)
        #endif
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        done += written
      }
      return true
    }
  }
}
