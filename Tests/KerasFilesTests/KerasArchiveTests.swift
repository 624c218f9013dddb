import Archives
import CaseFile
import FileAccess
import Foundation
import JSON
import KerasFiles
import Networks
import TestSupport
import Testing

@Suite struct KerasArchiveTests {
  static let samples = [
    "aug", "func", "k2", "norm", "old_3.4.1", "old_3.8.0", "rnn", "seq",
  ]

  static func path(_ name: String) -> String {
    Fixtures.samples.appending(path: "\(name).keras").path(percentEncoded: false)
  }

  @Test(arguments: samples) func readsFilesThatKerasWrote(_ name: String) throws {
    let archive = try KerasArchive(path: Self.path(name))
    #expect(archive.configuration["class_name"]?.string != nil)
    #expect(archive.kerasVersion != nil)
    #expect(!archive.weights.isEmpty)
    for (path, array) in archive.weights {
      #expect(array.scalars.count == array.shape.reduce(1, *), "\(path)")
      #expect(path.contains("vars/"), "\(path)")
    }
  }

  @Test func readsShapesTypesAndCounters() throws {
    let archive = try KerasArchive(path: Self.path("seq"))
    #expect(archive.variables(in: "layers/dense").map(\.shape) == [[4, 3], [3]])
    #expect(archive.variables(in: "layers/batch_normalization").count == 4)
    let optimizer = archive.variables(in: "optimizer")
    #expect(optimizer.count == 14)
    #expect(optimizer[0].dtype == "int64")
    #expect(optimizer[0].integers?.count == 1)
    #expect(archive.groups.contains("layers/dropout/vars"))
  }

  @Test(arguments: samples) func writesWhatItRead(_ name: String) throws {
    let archive = try KerasArchive(path: Self.path(name))
    let again = try KerasArchive(
      ZipArchive(ReadableFile(bytes: archive.archived(), name: "again")))
    #expect(again.configuration == archive.configuration)
    #expect(again.metadata == archive.metadata)
    #expect(again.weightsImage == archive.weightsImage)
    #expect(again.weights == archive.weights)
  }

  /// A file with a layer that holds Python code, as Keras writes a lambda.
  static func withLambda() throws -> KerasArchive {
    var archive = try KerasArchive(path: path("seq"))
    var layers = try #require(archive.configuration["config"]?["layers"]?.array)
    layers.insert(
      [
        "module": "keras.layers", "class_name": "Lambda",
        "config": [
          "name": "lambda",
          "function": ["class_name": "__lambda__", "config": ["code": "4wEAAAA="]],
        ],
        "registered_name": nil,
      ], at: 2)
    layers.append(
      [
        "module": "my_package", "class_name": "Mine", "config": ["name": "mine"],
        "registered_name": "my_package>Mine",
      ])
    archive.configuration["config"]?["layers"] = .array(layers)
    return archive
  }

  @Test func codeInAFileIsShownButNotRun() throws {
    let file = try KerasModelFile(Self.withLambda(), of: "lambda.keras")
    #expect(file.facts.opaqueLayers.map(\.name) == ["lambda", "mine"])
    #expect(file.model?.isRunnable == false)
    #expect(file.obstacle?.contains("no Python is executed") == true)
    // What can be examined still is.
    #expect(file.facts.layer(named: "dense")?.variables.first?.statistics != nil)
    #expect(file.compileFacts?.optimizer == "Adam")
  }

  @Test func aRepairedFileKeepsTheBytesOfWhatItDoesNotTouch() throws {
    var archive = try Self.withLambda()
    archive.configuration["compile_config"]?["optimizer"]?["config"]?["learning_rate"] = 0.01
    let zip = try ZipArchive(ReadableFile(bytes: archive.archived(), name: "repaired"))
    let original = try ZipArchive(path: Self.path("seq"))
    #expect(try zip.read("model.weights.h5") == original.read("model.weights.h5"))
    let again = try KerasArchive(zip)
    #expect(again.configuration == archive.configuration)
    let layers = again.configuration["config"]?["layers"]
    #expect(layers?[2]?["config"]?["function"]?["config"]?["code"] == "4wEAAAA=")
  }
}
