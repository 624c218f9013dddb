#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
package import FileAccess

/// A private folder with the recorder's Python files, removed with the value that holds it.
package final class HookFolder {
  /// The folder.
  package let path: String

  /// Unpacks the files where only this user may read and write.
  ///
  /// - Throws: ``OutputError`` if there is no room for them.
  package init() throws(OutputError) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
    var template = Array("\(trimmed)/downhill-XXXXXX".utf8CString)
    // mkdtemp makes the folder with mode 0700.
    guard let made = mkdtemp(&template) else {
      throw OutputError(path: trimmed, action: "create", code: errno)
    }
    path = String(cString: made)
    for file in HookFile.all {
      if let slash = file.path.lastIndex(of: "/") {
        mkdir(path + "/" + file.path[..<slash], 0o700)
      }
      try AtomicFile.write(file.text, to: path + "/" + file.path)
    }
  }

  deinit { HookFolder.remove(path) }

  /// Removes a folder with all that is in it; links are removed, not followed.
  package static func remove(_ path: String) {
    guard let stream = opendir(path) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      guard lstat(path + "/" + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        remove(path + "/" + name)
      } else {
        unlink(path + "/" + name)
      }
    }
    closedir(stream)
    rmdir(path)
  }
}
