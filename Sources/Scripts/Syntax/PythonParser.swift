import FileAccess
import JSON

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Python's own parser, asked in a process of its own; the script itself is never run.
struct PythonParser {
  /// The tree of a program, and what of it could not be parsed.
  struct Tree {
    /// The statements in order.
    var statements: [Statement]
    /// The pieces that are no Python: the line, and how it begins.
    var skipped: [(line: Int, text: String)]
    /// Python's version.
    var version: String
  }

  /// Parsing takes milliseconds; this long only something that is no program takes.
  private static let seconds = 10.0
  /// The largest tree that is read back.
  private static let treeLimit = 128 << 20

  /// Parses a program.
  ///
  /// - Throws: ``ScriptProblem`` where there is no Python, or it gives no tree.
  static func parse(_ text: String) throws(ScriptProblem) -> Tree {
    guard let python = PythonInstallation.path else { throw .noPython }
    // -I: nothing of the user's environment; -S: no site packages. Only the parser is wanted.
    let child = ChildProcess(
      python, ["-I", "-S", "-W", "ignore", "-c", ParserProgram.text], input: Array(text.utf8),
      seconds: seconds, limit: treeLimit)
    guard let child else { throw .noPython }
    guard !child.isCutShort else { throw .parserFailed("it took too long") }
    guard child.status == 0 else {
      let last = String(decoding: child.messages, as: UTF8.self).split(separator: "\n").last
      throw .parserFailed(last.map(String.init) ?? "\(python) ended with \(child.status)")
    }
    guard let tree = try? JSONValue(parsing: child.output) else {
      throw .parserFailed("\(python) printed something else")
    }
    return Tree(
      statements: SyntaxReader.statements(tree["body"]),
      skipped: (tree["skipped"]?.array ?? []).compactMap { entry in
        guard let line = entry[0]?.int, let text = entry[1]?.string else { return nil }
        return (line, text)
      }, version: tree["python"]?.string ?? "")
  }
}

/// Where Python is.
enum PythonInstallation {
  /// The first `python3` of the PATH that starts by itself; those of version managers, which are
  /// shell scripts that take a second to find the real one, come last.
  static var path: String? {
    if let named = getenv("DOWNHILL_PYTHON") {
      let path = String(cString: named)
      return access(path, X_OK) == 0 ? path : nil
    }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin:/usr/local/bin"
    let candidates = folders.split(separator: ":").flatMap { folder -> [String] in
      ["python3", "python"].map { "\(folder)/\($0)" }
    }.filter { $0.hasPrefix("/") && access($0, X_OK) == 0 }
    let three = candidates.filter { $0.hasSuffix("3") }
    return three.first { !$0.contains("/shims/") } ?? three.first ?? candidates.first
  }
}
