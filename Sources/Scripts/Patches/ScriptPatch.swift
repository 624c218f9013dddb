public import CaseFile
public import FileAccess

/// A script with a remedy in it.
public struct ScriptPatch: Sendable {
  /// The whole script with the remedy.
  public let text: String
  /// The difference, as `git apply` takes it.
  public let diff: String
}

extension ScriptPatch {
  /// Whether Python reads all of a changed script.
  fileprivate static func parses(
    _ text: String, like script: Script
  ) throws(ScriptProblem) -> Bool {
    var python = ScriptText.split(text).joined(separator: "\n") + "\n"
    if script.isNotebook {
      let read = try? ScriptText(bytes: Array(text.utf8), path: script.path)
      guard let read else { return false }
      python = read.python
    }
    return try PythonParser.parse(python).skipped.isEmpty
  }
}

extension Script {
  /// The script with edits of a remedy made in it: as few characters as possible, in the user's style.
  ///
  /// - Parameters:
  ///   - edits: The edits.
  ///   - model: The model whose layers the edits name.
  ///   - name: How the script is named in the difference; by default by its path.
  /// - Returns: `nil` if the edits change nothing.
  /// - Throws: ``InputError`` where an edit has no place in the script.
  public func patched(
    _ edits: [Edit], model: ModelFacts?, name: String? = nil
  ) throws(InputError) -> ScriptPatch? {
    do throws(ScriptProblem) {
      var builder = PatchBuilder(self, model: model)
      for edit in edits { try builder.add(edit, among: edits) }
      let text = try builder.finished()
      let original = String(decoding: source, as: UTF8.self)
      let diff = UnifiedDiff.text(from: original, to: text, path: name ?? patchName)
      guard !diff.isEmpty else { return nil }
      // A patch after which the script no longer parses is none.
      if places.isWhole, try !ScriptPatch.parses(text, like: self) {
        throw .notPatchable("the change has no place in this way of writing")
      }
      return ScriptPatch(text: text, diff: diff)
    } catch {
      throw InputError(error, in: path)
    }
  }

  /// The path below `a/` and `b/`: relative ones as they are, others by their last part.
  private var patchName: String {
    if path == "-" { return "script.py" }
    if !path.hasPrefix("/"), !path.hasPrefix("..") {
      return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
}
