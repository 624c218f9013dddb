import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// Layers take the shapes that they take in Keras and make the same ones of them, and refuse what Keras
/// refuses, by name and with the shapes.
@Suite struct ShapeLawTests {
  /// Where Keras takes something by accident, or that no model has in front of it.
  private enum Accident: Hashable {
    /// A list of inputs where one belongs: arrays are stacked, or pass as a list.
    case lists
    /// Images without channels: the batch is taken for the rows of a single image.
    case batchAsRows
    /// No steps at all, or several axes of them.
    case otherSteps
    /// Single numbers: a vector is made of the whole batch. Rows with two axes: they are added up along
    /// the first, though the last is declared.
    case otherRows
  }

  /// What is refused here although Keras takes it.
  private static func accident(_ className: String, _ rows: [Shape]) -> Accident? {
    if takesOne.contains(className), rows.count > 1 { return .lists }
    if isForPlanes(className), rows.count == 1, rows[0].rank == 2 { return .batchAsRows }
    if className.hasSuffix("Attention"), rows[0].rank != 2 { return .otherSteps }
    if className == "CategoryEncoding", rows[0].rank != 1 { return .otherRows }
    return nil
  }

  /// Layers that work element by element on one input.
  private static let takesOne: Set = [
    "Activation", "ActivityRegularization", "AlphaDropout", "Dropout", "ELU", "GaussianDropout",
    "GaussianNoise", "Identity", "LeakyReLU", "ReLU", "Rescaling", "UnitNormalization",
  ]

  private static func isForPlanes(_ className: String) -> Bool {
    guard let type = LayerCatalogue.all.first(where: { type in type.className == className }),
      let plane = type as? any PlaneLayer.Type
    else { return false }
    return plane.axisCount == 2
  }

  @Test func shapesAreTakenAndRefusedAsInKeras() throws {
    var (classes, taken, refused) = (Set<String>(), 0, 0)
    for entry in try Golden.entries("shapes.json") {
      let className = try #require(entry["class_name"]?.string)
      classes.insert(className)
      for tried in entry["cases"]?.array ?? [] {
        let rows = (tried["rows"]?.array ?? []).map { Shape(($0.array ?? []).compactMap(\.int)) }
        let result = tried["result"]?.array?.first
        let error = tried["error"]?.string ?? ""
        let label = Comment(
          rawValue: "\(className) \(entry["config"] as Any) on \(rows): \(error)")
        let model = try modelOfOneLayer(
          entry, inputs: rows.map { TestedInput($0.extents) },
          isSpread: className.hasSuffix("HeadAttention") || className == "GroupQueryAttention")
        guard let opaque = model.opaqueLayers.first else {
          taken += 1
          let found = model.outputRowShapes[0]?.extents
          #expect(result != nil, label)
          #expect(result == nil || found == result?.array?.compactMap(\.int), label)
          continue
        }
        refused += 1
        #expect(
          result == nil || Self.accident(className, rows) != nil, "\(label) \(opaque.reason)")
        #expect(opaque.name == "tested" && opaque.className == className, label)
      }
    }
    #expect(classes.count > 110 && taken > 1000 && refused > 900, "\(classes.count)")
  }
}
