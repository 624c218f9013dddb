/// One of the Python files that record a run, embedded so that the program can unpack them anywhere.
package struct HookFile: Hashable, Sendable {
  /// Its place in the folder.
  package let path: String
  /// What it holds.
  package let text: String

  /// All files, `sitecustomize.py` first: it is what Python loads at its start.
  package static let all: [HookFile] = [
    sitecustomize, package, arguments, batches, building, callback, html, loops, patching,
    recording, sessions,
  ]
}
