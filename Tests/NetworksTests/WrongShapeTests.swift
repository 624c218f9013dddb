import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// One law for every layer: an input that it cannot work on is refused with the layer's name, the
/// shape that was found and what would fit. It never traps.
@Suite struct WrongShapeTests {
  /// A layer of the golden files.
  private struct Sample {
    let className: String
    let config: JSONValue
    /// The shapes without the batch; empty where the file gives those of the whole model only.
    let rows: [Shape]

    /// The classes of the layer and of those within it: one of them is to be named.
    var names: Set<String> {
      Set(WrongShapeTests.samplesWithin(config).map(\.className)).union([className])
    }
  }

  /// Layers that work on rows of any shape: element by element, or by what they are told.
  private static let takeAnything: Set<String> = [
    "Activation", "ActivityRegularization", "AlphaDropout", "Dropout", "ELU", "Embedding",
    "Flatten", "GaussianDropout", "GaussianNoise", "Identity", "LeakyReLU", "ReLU", "Rescaling",
    "ReversibleEmbedding",
  ]

  /// The classes that need no sample: an input is given its shape.
  private static let withoutInput: Set<String> = ["InputLayer"]

  @Test func wrongShapesAreNamed() throws {
    var (seen, refusing) = (Set<String>(), Set<String>())
    for sample in try Self.samples() {
      seen.insert(sample.className)
      for rows in Self.wrong(sample.rows) {
        let model = try Self.model(sample, rows)
        guard let opaque = model.opaqueLayers.first else { continue }
        refusing.insert(sample.className)
        let label = Comment(rawValue: "\(sample.className) on \(rows): \(opaque.reason)")
        #expect(opaque.name == "tested" && opaque.className == sample.className, label)
        #expect(sample.names.contains { opaque.reason.contains($0) }, label)
        #expect(rows.contains { opaque.reason.contains(Self.ending($0)) }, label)
        let wanted = opaque.reason.split(separator: "expected ").dropFirst().joined()
        #expect(
          wanted.contains { $0.isNumber } || wanted.contains(/ax[ei]s|shape|steps|extents|rows/),
          label)
      }
    }
    let all = Set(LayerCatalogue.all.map { type in type.className })
    #expect(all.subtracting(seen) == Self.withoutInput)
    #expect(seen.subtracting(refusing) == Self.takeAnything)
  }

  /// How a shape ends in print, whatever the batch is.
  private static func ending(_ rows: Shape) -> Substring {
    Shape([0] + rows.extents).description.dropFirst(2)
  }

  /// Too few axes, too many, and inputs that do not fit each other.
  private static func wrong(_ rows: [Shape]) -> [[Shape]] {
    guard let first = rows.first else {
      return [[[]], [[3]], [[5, 3]], [[2, 3, 4, 5, 2]], [[2, 2, 2, 2, 2, 2]]]
    }
    var result = [
      rows.map { _ in Shape([]) }, rows.map { Shape(Array($0.extents.dropLast())) },
      rows.map { Shape($0.extents + [3]) }, rows.map { Shape($0.extents + [2, 2, 2]) },
      rows.map { Shape($0.extents.map { $0 + 1 }) },
    ]
    if rows.count > 1 {
      result.append([Shape(first.extents.map { $0 + 2 })] + rows.dropFirst())
      result.append([Shape(first.extents + [3])] + rows.dropFirst())
    }
    return result
  }

  private static func samples() throws -> [Sample] {
    var result: [Sample] = []
    for file in ["layers.json", "images.json", "categories.json", "texts.json"] {
      for entry in try Golden.entries(file) where entry["documents"] == nil {
        guard let name = entry["class_name"]?.string else { continue }
        var rows = (entry["inputs"]?.array ?? []).map {
          Shape(Array(($0["shape"]?.array ?? []).compactMap(\.int).dropFirst()))
        }
        if let image = entry["image"]?.tensor { rows = [image.shape] }
        result.append(Sample(className: name, config: entry["config"] ?? [:], rows: rows))
      }
    }
    let known = Set(result.map(\.className))
    let files = ["masks", "recurrent", "attention", "operators"].map { "sequence_\($0)" }
    for file in files + ["spectral"] {
      for entry in try Golden.entries("\(file).json") {
        result += samplesWithin(entry["config"] ?? .null).filter { !known.contains($0.className) }
      }
    }
    result += ["SpatialDropout2D", "SpatialDropout3D"].map {
      Sample(className: $0, config: ["rate": 0.5], rows: [])
    }
    return result
  }

  /// The layers in a configuration, those within other layers among them.
  private static func samplesWithin(_ value: JSONValue) -> [Sample] {
    var result: [Sample] = []
    if let name = value["class_name"]?.string, let config = value["config"],
      LayerCatalogue.all.contains(where: { type in type.className == name }),
      !withoutInput.contains(name)
    {
      result.append(Sample(className: name, config: config, rows: []))
    }
    for element in value.array ?? [] { result += samplesWithin(element) }
    for member in value.object?.members ?? [] { result += samplesWithin(member.value) }
    return result
  }

  /// A model of one layer.
  private static func model(_ sample: Sample, _ rows: [Shape]) throws -> Model {
    try modelOfOneLayer(
      ["class_name": .string(sample.className), "config": sample.config],
      inputs: rows.map { TestedInput($0.extents) }, rowShapes: rows)
  }
}
