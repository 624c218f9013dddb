import Archives
import FileAccess
import Foundation
import JSON
import KerasFiles
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
}
