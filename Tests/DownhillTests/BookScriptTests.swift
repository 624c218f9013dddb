import CaseFile
import Downhill
import Foundation
import TestSupport
import Testing

/// What a script is read as, against the model that Keras made of it.
@Suite("Scripts of the book against their recordings")
struct BookScriptTests {
  /// A layer as its class and the shapes of its weights.
  private struct Form: Hashable {
    var name: String
    var shapes: [[Int]]

    static func all(of model: ModelFacts?) -> [Form] {
      (model?.layers ?? []).filter { $0.className != "InputLayer" }
        .map { Form(name: $0.className, shapes: $0.variables.map(\.shape)) }
        // Keras sorts the layers of a functional model by their depth.
        .sorted { "\($0)" < "\($1)" }
    }
  }

  /// Programs whose width only their data tell, which are not determined by the script.
  private static let mostOpen = 5

  @Test("have the recorded layers with weights of the same shapes")
  func models() throws {
    let book = Fixtures.project.appending(path: "Book")
    var (compared, open) = (0, [String]())
    for name in try FileManager.default.contentsOfDirectory(atPath: book.path).sorted() {
      let folder = book.appending(path: name)
      let script = folder.appending(path: "train.py").path
      guard FileManager.default.fileExists(atPath: script) else { continue }
      let written = try TrainingRun(RunRequest(paths: [script])).facts.model
      guard written?.layers.allSatisfy({ !$0.isOpaque }) == true,
        written?.layers.contains(where: { !$0.variables.isEmpty }) == true
      else {
        open.append(name)
        continue
      }
      let recorded = try TrainingRun(
        RunRequest(paths: [folder.appending(path: "capture").path])
      ).facts.model
      #expect(Form.all(of: written) == Form.all(of: recorded), "\(name)")
      compared += 1
    }
    #expect(open.count <= Self.mostOpen, "\(open)")
    #expect(compared > 70)
  }
}
