package import CaseFile
import JSON

/// A number in the data that points beyond the table of the Embedding that looks it up.
package struct LookupReading: Hashable, Sendable {
  /// The name of the layer.
  package var layer: String
  /// How many rows its table has.
  package var rows: Int
  /// The largest number that it is given.
  package var largest: Int
  /// How many rows of data were looked through.
  package var samples: Int

  /// The first layer whose table is too short; `nil` where every number has a row or it is not known.
  package init?(_ facts: CaseFile) {
    guard let model = facts.model, let data = facts.data else { return nil }
    for layer in model.layers where layer.className == "Embedding" {
      guard let rows = layer.configuration["input_dim"]?.int, rows > 0,
        let input = LookupReading.input(of: layer, in: model, count: data.features.count)
      else { continue }
      let features = data.features[input]
      // Whole numbers alone: a fraction loses its decimals on the way, which is another matter.
      guard features.isIntegral, features.overall.maximum < LookupReading.largestWord else {
        continue
      }
      let largest = Int(features.overall.maximum)
      guard largest >= rows else { continue }
      (self.layer, self.rows, self.largest) = (layer.name, rows, largest)
      samples = features.rows
      return
    }
    return nil
  }

  /// Nobody numbers as many words; no table could hold them.
  private static let largestWord = 1e9

  /// Which input of the model a layer takes as it is; `nil` if something stands between them.
  private static func input(of layer: LayerFacts, in model: ModelFacts, count: Int) -> Int? {
    if let source = layer.inputs.first {
      guard model.layer(named: source)?.className == "InputLayer" else { return nil }
      let place = count == 1 ? 0 : model.inputLayers?.firstIndex(of: source)
      return place.flatMap { $0 < count ? $0 : nil }
    }
    return count == 1 && model.layers.first?.name == layer.name ? 0 : nil
  }
}
