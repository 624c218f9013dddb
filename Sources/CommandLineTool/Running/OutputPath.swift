import CaseFile
import Downhill
import FileAccess
import Reports

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The name under which a command will write a file, checked before the work instead of after it.
struct OutputPath {
  let path: String

  /// Checks a name.
  ///
  /// - Throws: ``CommandError`` for a name that is one of the inputs, and for a folder that is
  ///   missing or may not be written to.
  init(_ path: String, inputs: [String]) throws {
    self.path = path
    for input in inputs where Shell.isSameFile(path, input) {
      throw CommandError(
        path, "this is an input, and inputs are never overwritten",
        advice: "Choose another name.", status: .cannotWrite)
    }
    if Shell.isFolder(path) {
      throw CommandError(
        path, "there is a folder of this name where a file is to be written",
        advice: "Choose another name.", status: .cannotWrite)
    }
    let cut = path.lastIndex(of: "/")
    let folder = cut.map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
    guard Shell.isFolder(folder) else {
      throw CommandError(
        path, "the folder \(folder) does not exist", advice: "Make it first (mkdir -p).",
        status: .cannotWrite)
    }
    guard access(folder, W_OK) == 0 else {
      throw CommandError(
        path, "the folder \(folder) may not be written to", advice: "Choose another folder.",
        status: .cannotWrite)
    }
  }

  /// Writes the file, whole or not at all.
  func write(_ bytes: [UInt8]) throws(OutputError) { try AtomicFile.write(bytes, to: path) }

  /// Writes a report in the form that the end of the name asks for.
  func write(_ report: Report) throws(OutputError) {
    let text = ReportFormats.format(forFile: path).render(report, for: .plain)
    try write(Array(text.utf8))
  }
}

extension TrainingRun {
  /// Every file that was read, those in the folders of recorded runs included.
  var inputFiles: [String] {
    inputs.flatMap { input in
      input.kind == .capture
        ? Shell.names(in: input.path).map { input.path + "/" + $0 } : [input.path]
    }
  }
}
