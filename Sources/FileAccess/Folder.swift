#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder and what lies in it.
public struct Folder: Hashable, Sendable {
  /// The path as the user wrote it.
  public let path: String

  /// A folder, if there is one under a path; links are followed.
  public init?(path: String) {
    guard Self.isFolder(path) else { return nil }
    self.path = path
  }

  /// The path of something in the folder.
  public func path(of name: String) -> String {
    path.hasSuffix("/") ? path + name : path + "/" + name
  }

  /// The names of what lies in it, sorted by their bytes as Python sorts them; without those that
  /// begin with a dot.
  ///
  /// - Throws: ``InputError`` if it may not be read.
  public func names() throws(InputError) -> [String] {
    guard let stream = opendir(path) else {
      throw InputError(FileProblem("open", code: errno), in: path)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folders in it, sorted by name.
  ///
  /// - Throws: ``InputError`` if it may not be read.
  public func folders() throws(InputError) -> [(name: String, folder: Folder)] {
    try names().compactMap { name in Folder(path: path(of: name)).map { (name, $0) } }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
