package import Graphs
package import JSON
package import Tensors

/// Strings replaced by their places in a vocabulary, or by vectors of these.
package struct StringLookup: DataLayer {
  package static let className = "StringLookup"
  package static let takesStringsOnly = true
  package let vocabulary: Vocabulary

  package init(configuration: Configuration) throws {
    let unknownCount = try configuration.extents(
      "num_oov_indices", axes: 1, default: [1], in: 0...Vocabulary.mostWords)[0]
    // Here null is no default but "none".
    let unknown = configuration.values["oov_token"]
    vocabulary = try Vocabulary(
      configuration, unknownCount: unknownCount, mask: configuration.string("mask_token"),
      unknown: unknown == nil ? "[UNK]" : unknown?.string)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    vocabulary.write(to: &result)
    result.set("num_oov_indices", vocabulary.unknownCount, default: 1)
    if let mask = vocabulary.mask { result["mask_token"] = .string(mask) }
    if vocabulary.unknown != "[UNK]" {
      result["oov_token"] = vocabulary.unknown.map { .string($0) } ?? .null
    }
    return result
  }

  package var savedArrays: [String: Tensor] { vocabulary.savedArrays }

  package var givesPlaces: Bool { vocabulary.output == .int }

  package func entryRow(_ rows: [[Int?]]) throws -> [Int?] {
    let row = try single(rows)
    return vocabulary.output == .tfIdf ? row.dropLast() + [2, row.last ?? 1] : row
  }

  package func entry(_ inputs: [DataArray]) throws -> DataEntry {
    let texts = try texts(single(inputs))
    let places = try texts.bytes.withUnsafeBufferPointer { bytes in
      try (0..<texts.count).map {
        try vocabulary.place(
          UnsafeBufferPointer(rebasing: bytes[texts.range($0)]), Self.className)
      }
    }
    return vocabulary.entry(places, shape: texts.shape)
  }

  package func call(entry: Value, scope: inout LayerScope) throws -> Value {
    try vocabulary.encoded(entry, layer: Self.className, in: &scope.graph)
  }
}
