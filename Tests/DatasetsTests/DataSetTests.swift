import Archives
import CaseFile
import Datasets
import FileAccess
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct DataSetTests {
  static func path(_ name: String) -> String {
    Fixtures.samples.appending(path: name).path(percentEncoded: false)
  }

  @Test func readsNamedArraysThatNumPyPacked() throws {
    let data = try DataSet(paths: [Self.path("named.npz")])
    #expect(data.inputs.map(\.shape) == [[6, 3]])
    #expect(try data.inputs[0].tensor().scalars[2 * 3 + 1].isNaN)
    #expect(data.categories == ["ant", "cat", "ox"])
    #expect(try data.targets?.tensor().scalars == [1, 2, 1, 0, 2, 1])
    #expect(data.validationInputs.map(\.shape) == [[2, 3]])
    #expect(try data.validationTargets?.tensor().scalars == [1, 2])
    let facts = data.facts.features[0]
    #expect(facts.overall.nanCount == 1)
    #expect(facts.overall.infinityCount == 2)
    #expect(facts.nonFiniteRows == 3)
    #expect(facts.nonFinite.map(\.row) == [2, 4, 5])
    #expect(data.facts.targets?.dtype == "<U3")
    #expect(data.facts.validationFeatures.first?.dtype == "float32")
  }

  @Test func readsBigEndianFortranOrder() throws {
    let data = try DataSet(paths: [Self.path("fortran.npy")])
    #expect(data.inputs[0].shape == [2, 3, 4])
    #expect(try data.inputs[0].tensor().scalars == (0..<24).map(Float.init))
  }

  @Test func refusesPickledObjectsAndSaysHowToSaveThemAgain() {
    #expect {
      try DataSet(paths: [Self.path("objects.npy")])
    } throws: { error in
      "\(error)".contains("objects.npy") && "\(error)".contains("numpy.save")
    }
  }

  /// An `.npz` in memory of arrays of zeros with the given shapes.
  static func npz(_ arrays: [(String, [Int])]) throws -> ZipArchive {
    var writer = ZipWriter()
    for (name, shape) in arrays {
      let tuple =
        shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
      writer.add(
        name + ".npy",
        NPYArrayTests.npy(
          NPYArrayTests.header("|u1", tuple), [UInt8](repeating: 0, count: shape.reduce(1, *))))
    }
    return try ZipArchive(ReadableFile(bytes: writer.archive(), name: "data.npz"))
  }

  static let roles: [([String], inputs: Int, target: Bool, validation: Int)] = [
    (["x", "y"], 1, true, 0), (["X", "Y", "x_val", "y_val"], 1, true, 1),
    (["arr_0", "arr_1"], 1, true, 0),
    (["X_train", "y_train", "X_test", "y_test"], 1, true, 1), (["x1", "x2", "labels"], 2, true, 0),
    (["x", "y", "x_val", "y_val", "x_test", "y_test"], 1, true, 1),
    (["features", "target"], 1, true, 0),
    (["xtrain", "ytrain", "xval", "yval"], 1, true, 1), (["data"], 1, false, 0),
    (["anything"], 1, false, 0),
    (["train_images", "train_labels", "test_images", "test_labels"], 1, true, 1),
  ]
  @Test(arguments: roles.indices)
  func findsArraysByName(_ number: Int) throws {
    let (names, inputs, target, validation) = Self.roles[number]
    let archive = try Self.npz(names.map { ($0, [4]) })
    let data = try DataSet(npz: archive)
    #expect(data.inputs.count == inputs, "\(names)")
    #expect((data.targets != nil) == target, "\(names)")
    #expect(data.validationInputs.count == validation, "\(names)")
  }

  @Test func severalOutputsAndWeightsAreFoundByName() throws {
    let names = [
      "x2", "x10", "y1", "y0", "sample_weight0", "sample_weight1", "x2_val", "x10_val", "y0_val",
      "y1_val", "sample_weight_val",
    ]
    let shapes = [[4, 2], [4, 10], [4, 3], [4], [4], [4, 3]]
    let data = try DataSet(
      npz: Self.npz(
        names.enumerated().map { index, name in
          (name, index < 6 ? shapes[index] : name.hasPrefix("x") ? [2, 1] : [2])
        }))
    #expect(data.inputs.map(\.shape) == [[4, 2], [4, 10]])
    #expect(data.targets?.shape == [4])
    #expect(data.furtherTargets.map(\.shape) == [[4, 3]])
    #expect(data.sampleWeights.map(\.shape) == [[4], [4, 3]])
    #expect(data.furtherValidationTargets.count == 1)
    #expect(data.validationSampleWeights.map(\.shape) == [[2]])
    #expect(throws: InputError.self) {
      try DataSet(npz: Self.npz([("x", [4]), ("y", [4]), ("sample_weight", [3])]))
    }
  }

  @Test func labelsCanBeNamed() throws {
    let archive = try Self.npz([("x", [4]), ("y", [4]), ("other", [4, 2])])
    #expect(try DataSet(npz: archive, labels: "other").targets?.shape == [4, 2])
    #expect(throws: InputError.self) { try DataSet(npz: archive, labels: "none") }
  }

  @Test func rowsThatDifferAreAnErrorWithBothShapesAndTheAxis() throws {
    let archive = try Self.npz([("x", [5, 2]), ("y", [4])])
    #expect {
      try DataSet(npz: archive)
    } throws: { error in
      let text = "\(error)"
      return text.contains("(5, 2)") && text.contains("(4,)") && text.contains("axis 0")
    }
    #expect(throws: InputError.self) { try DataSet(npz: Self.npz([("x", [0, 2]), ("y", [0])])) }
    #expect(throws: InputError.self) { try DataSet(npz: Self.npz([("x", []), ("y", [])])) }
    #expect(throws: InputError.self) {
      try DataSet(npz: Self.npz([("one", [1]), ("two", [1]), ("three", [1])]))
    }
  }

  @Test func unknownFilesAreErrors() {
    for paths in [["data.parquet"], ["a.npy", "b.csv"], ["missing.npz"]] {
      #expect(throws: InputError.self) { try DataSet(paths: paths) }
    }
  }
}
