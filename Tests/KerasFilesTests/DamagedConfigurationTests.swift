import CaseFile
import JSON
import KerasFiles
import Networks
import Testing

/// Shapes and numbers in a configuration that no model has; found by fuzzing.
@Suite struct DamagedConfigurationTests {
  /// The sample with one value of its layers' entries replaced.
  static func file(
    layer: Int, _ change: (inout JSONValue) -> Void
  ) throws -> KerasModelFile {
    var archive = try KerasArchive(path: KerasArchiveTests.path("seq"))
    var layers = try #require(archive.configuration["config"]?["layers"]?.array)
    change(&layers[layer])
    archive.configuration["config"]?["layers"] = .array(layers)
    return try KerasModelFile(archive, of: "damaged.keras")
  }

  static let extents: [JSONValue] = [0, -1, -3, .int(.max), .int(.min), .int(1 << 62), 1e300]

  @Test(arguments: extents) func inputsOfImpossibleShape(_ extent: JSONValue) throws {
    let file = try Self.file(layer: 0) { $0["config"]?["batch_shape"] = [.null, extent] }
    #expect(file.model?.isRunnable == false)
    #expect(file.obstacle != nil)
    #expect(file.facts.layers.count == 5)
  }

  @Test(arguments: extents) func impossibleNumbersOfUnits(_ units: JSONValue) throws {
    let file = try Self.file(layer: 1) { $0["config"]?["units"] = units }
    #expect(file.model?.isRunnable == false)
    #expect(file.facts.layer(named: "dense")?.isOpaque == true)
  }

  @Test(arguments: extents) func impossibleShapesBehindUnknownLayers(_ extent: JSONValue) throws {
    let file = try Self.file(layer: 1) { entry in
      entry["class_name"] = "Unknown"
      entry["config"]?["units"] = 4
    }
    #expect(file.facts.opaqueLayers.map(\.name) == ["dense"])
    let next = try Self.file(layer: 2) { entry in
      entry["class_name"] = "Unknown"
      entry["build_config"] = ["input_shape": [.null, extent]]
    }
    #expect(next.facts.opaqueLayers.map(\.name).contains("batch_normalization"))
    let last = try Self.file(layer: 4) { $0["build_config"] = ["input_shape": [.null, extent]] }
    #expect(last.facts.layers.count == 5)
  }
}
