import CaseFile
public import FileAccess
import KerasFiles
public import Scripts

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Script {
  /// Reads a script from a file, or from standard input for the path `-`.
  ///
  /// - Throws: ``FileAccess/InputError`` as ``init(bytes:path:)`` does, and for files that cannot be
  ///   read.
  public init(path: String) throws(InputError) {
    guard path == "-" else {
      let bytes = try ReadableFile(path: path).allBytes(limit: ScriptText.notebookLimit)
      try self.init(bytes: bytes, path: path)
      return
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= ScriptText.limit {
      let count = read(0, &buffer, buffer.count)
      if count > 0 {
        bytes.append(contentsOf: buffer.prefix(count))
      } else if count == 0 || errno != EINTR {
        break
      }
    }
    try self.init(bytes: bytes, path: path)
  }

  /// The program beside the recording of its run: `train.py`, or the only one there is.
  static func beside(recording folder: String) -> String? {
    var parent = folder
    while parent.hasSuffix("/") { parent.removeLast() }
    guard parent.hasSuffix("/capture") else { return nil }
    parent.removeLast("/capture".count)
    return access(parent + "/train.py", R_OK) == 0 ? parent + "/train.py" : nil
  }
}
