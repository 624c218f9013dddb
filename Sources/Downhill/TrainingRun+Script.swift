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
  /// - Throws: ``InputError`` as ``init(bytes:path:)`` does, and for files that cannot be
  ///   read.
  public init(path: String) throws(InputError) {
    let bytes =
      path == StandardInput.path
      ? try StandardInput.bytes(limit: ScriptText.notebookLimit)
      : try ReadableFile(path: path).allBytes(limit: ScriptText.notebookLimit)
    try self.init(bytes: bytes, path: path)
  }

  /// Whether it tells anything of a model: prose and quoted lines of a traceback parse as Python too.
  var isTelling: Bool { model != nil || compilation != nil }

  /// The program beside the recording of its run: `train.py`, or the only one there is.
  static func beside(recording folder: String) -> String? {
    var parent = folder
    while parent.hasSuffix("/") { parent.removeLast() }
    guard parent.hasSuffix("/capture") else { return nil }
    parent.removeLast("/capture".count)
    return access(parent + "/train.py", R_OK) == 0 ? parent + "/train.py" : nil
  }
}
