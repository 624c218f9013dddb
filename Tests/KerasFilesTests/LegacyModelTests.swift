import FileAccess
import Foundation
import JSON
import KerasFiles
import Networks
import Tensors
import TestSupport
import Testing

@Suite("Models of old versions")
struct LegacyModelTests {
  private static func path(_ name: String) -> String { Fixtures.samples.appending(path: name).path }

  @Test("in HDF5 have the layers and weights of their .keras", arguments: ["k2", "seq", "func"])
  func readsHDF5(name: String) throws {
    let old = try KerasModelFile(path: Self.path(name + ".h5"))
    let new = try KerasModelFile(path: Self.path(name + ".keras"))
    let (oldModel, newModel) = (try #require(old.model), try #require(new.model))
    #expect(oldModel.layers.map(\.className) == newModel.layers.map(\.className))
    #expect(oldModel.variables.map(\.path) == newModel.variables.map(\.path))
    #expect(old.parameters?.map(\.shape) == new.parameters?.map(\.shape))
    #expect(old.compileConfiguration?["loss"] == new.compileConfiguration?["loss"])
    #expect(
      old.compileConfiguration?["optimizer"]?["class_name"]?.string?.lowercased()
        == new.compileConfiguration?["optimizer"]?["class_name"]?.string?.lowercased()
        .replacing("custom>", with: ""))
  }

  @Test("are written as Keras 3 has them, and keep their weights")
  func converts() throws {
    let old = try KerasModelFile(path: Self.path("k2.h5"))
    let (model, parameters) = (try #require(old.model), try #require(old.parameters))
    let bytes = try KerasModelFile.archived(
      model: model, parameters: parameters, compileConfiguration: old.compileConfiguration)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "\(UUID().uuidString).keras")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder)
    let new = try KerasModelFile(path: folder.path)
    #expect(new.parameters?.map(\.scalars) == parameters.map(\.scalars))
    #expect(new.archive.configuration["config"]?["layers"]?[0]?["config"]?["batch_shape"] != nil)
  }

  @Test("in the words of Keras 1 are understood")
  func readsKeras1() throws {
    let json = """
      {"class_name": "Sequential", "keras_version": "1.2.2", "config": [
        {"class_name": "Convolution2D", "config": {"name": "c", "batch_input_shape": [null, 8, 8, 1],
          "nb_filter": 4, "nb_row": 3, "nb_col": 3, "border_mode": "same", "subsample": [1, 1],
          "dim_ordering": "tf", "init": "glorot_uniform", "activation": "relu", "bias": true,
          "W_regularizer": null}},
        {"class_name": "Flatten", "config": {"name": "f"}},
        {"class_name": "Dropout", "config": {"name": "drop", "p": 0.5}},
        {"class_name": "Dense", "config": {"name": "d", "output_dim": 2, "init": "uniform",
          "activation": "softmax", "W_regularizer": null, "input_dim": 256}}]}
      """
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(json.utf8).write(to: folder)
    let file = try KerasModelFile(path: folder.path)
    let model = try #require(file.model)
    #expect(file.obstacle == nil, "\(file.obstacle ?? "")")
    #expect(model.variables.map(\.shape.extents) == [[3, 3, 1, 4], [4], [256, 2], [2]])
    #expect(file.parameters == nil)
  }
}
