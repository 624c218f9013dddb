import CaseFile
import Foundation
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training
import Treatment

/// The laws that every kind of edit keeps.
struct EditCatalogueTests {
  @Test func everyFileOfEditsIsRegistered() throws {
    let folder = Fixtures.project.appending(path: "Sources/Treatment/Editing")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("Edit.swift") }
    #expect(files.sorted() == EditCatalogue.all.map { "\(type(of: $0)).swift" }.sorted())
  }

  @Test(arguments: [
    Edit(target: "layers.dense.units", to: 3), Edit(target: "layers.dense.trainable", to: false),
    Edit(target: "layers.dense.weights", to: "reinitialise"), Edit(target: "loss", to: "mae"),
    Edit(target: "optimizer.learning_rate", to: 0.001),
    Edit(target: "data.y.map", to: ["subtract": 50.0, "divide": 10.0]),
    Edit(target: "data.y.clip", to: [0.0, 100.0]), Edit(target: "data.y.shuffle", to: true),
    Edit(target: "data.x.scale", to: "standardise"), Edit(target: "data.shuffle", to: true),
    Edit(target: "fit.epochs", to: 3), Edit(target: "fit.class_weight", to: ["0": 1.0, "1": 9.5]),
    Edit(target: "data.drop_rows", to: ["rows": [0, 7]]),
    Edit(target: "optimizer", to: ["class_name": "Adam", "config": ["learning_rate": 0.001]]),
    Edit(
      target: "layers.dense.insert_after",
      to: ["class_name": "BatchNormalization", "config": [:]]),
  ])
  func anEditChangesACopyAndLeavesTheRunAlone(_ edit: Edit) throws {
    let run = LineGrowthTests.run()
    let edited = try run.applying([edit])
    let untouched = LineGrowthTests.run()
    #expect(describe(run) == describe(untouched))
    #expect(describe(edited) != describe(untouched))
  }

  @Test(arguments: ["layers.none.units", "weather", "data.z.scale", "loss.from_logits"])
  func anEditOfWhatIsNotThereThrows(_ target: String) {
    #expect(throws: EditError.self) {
      try LineGrowthTests.run().applying([Edit(target: target, to: "standardise")])
    }
  }

  @Test func rowsAreDroppedByTheUsersNumbers() throws {
    var run = LineGrowthTests.run()
    run.data.rowNumbers = (0..<20).map { $0 * 10 }
    let edited = try run.applying([Edit(target: "data.drop_rows", to: ["rows": [30, 3]])])
    #expect(edited.data.training.rowCount == 19)
    #expect(edited.data.rowNumbers?.contains(30) == false)
    #expect(!edited.data.training.inputs[0].scalars.contains(4))
  }

  @Test func anInsertedLayerIsTrained() throws {
    let edited = try LineGrowthTests.run().applying([
      Edit(
        target: "layers.dense.insert_after",
        to: ["class_name": "BatchNormalization", "config": [:]])
    ])
    #expect(try edited.model().layers.last?.className == "BatchNormalization")
  }

  @Test func aNewShapeDrawsTheWeightsAfresh() throws {
    let edited = try LineGrowthTests.run().applying([Edit(target: "layers.dense.units", to: 4)])
    let model = try edited.model()
    let parameters = try edited.initialParameters(of: model, seed: 3)
    #expect(parameters.map(\.shape) == [[1, 4], [4]])
    #expect(!edited.keepsAllWeights(of: model))
    #expect(LineGrowthTests.run().weights.count == 2)
  }

  private func describe(_ run: Run) -> String {
    "\(run.configuration) \(run.compilation) \(run.weights.count) \(run.fit) \(run.data)"
  }
}
