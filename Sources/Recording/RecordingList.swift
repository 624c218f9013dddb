#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The recordings that a command left behind.
package enum RecordingList {
  /// Folders of recordings, in the order in which training began.
  package static func folders(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var found: [(time: Int, path: String)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      // `4711-fit001`: the process and the number of the model.
      guard name.contains("-fit") else { continue }
      let folder = path + "/" + name
      var status = stat()
      guard access(folder + "/capture.json", R_OK) == 0, stat(folder, &status) == 0 else {
        continue
      }
      found.append((Int(name.split(separator: "-fit").last ?? "") ?? 0, folder))
    }
    return found.sorted { ($0.time, $0.path) < ($1.time, $1.path) }.map(\.path)
  }
}
