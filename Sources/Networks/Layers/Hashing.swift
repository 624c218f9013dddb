package import Graphs
package import JSON
package import Tensors

/// Strings or whole numbers put into bins by a hash.
package struct Hashing: DataLayer {
  package static let className = "Hashing"
  package let binCount: Int
  /// What goes into the first bin, alone.
  package let mask: JSONValue?
  package let hash: StringHash
  package let output: CategoryOutput

  package init(configuration: Configuration) throws {
    binCount = try configuration.extents(
      "num_bins", axes: 1, default: nil, in: 1...Vocabulary.mostWords)[0]
    mask = configuration.value("mask_value")
    guard mask == nil || mask?.string != nil || mask?.int != nil else {
      throw configuration.error(
        "mask_value", found: mask, expected: "a string or a whole number")
    }
    hash = try StringHash(configuration)
    output = try CategoryOutput(configuration, default: .int)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["num_bins": .int(binCount)]
    if let mask { result["mask_value"] = mask }
    if let salt = hash.json { result["salt"] = salt }
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    return result
  }

  package var givesPlaces: Bool { output == .int }

  package func entryRow(_ rows: [[Int?]]) throws -> [Int?] { try single(rows) }

  package func entry(_ inputs: [DataArray]) throws -> DataEntry {
    let bins =
      switch try single(inputs) {
      case .texts(let texts):
        texts.bytes.withUnsafeBufferPointer { bytes in
          (0..<texts.count).map { bin(UnsafeBufferPointer(rebasing: bytes[texts.range($0)])) }
        }
      case .integers(_, let numbers): numbers.map(bin)
      // As TensorFlow casts them.
      case .numbers(let tensor):
        tensor.scalars.map { bin(Int(exactly: $0.rounded(.towardZero)) ?? .min) }
      }
    return DataEntry(
      numbers: Tensor(shape: try single(inputs).shape, scalars: bins.map(Float.init)), filler: 0)
  }

  /// The bin of a string.
  private func bin(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard mask != nil, binCount > 1 else { return hash.bin(bytes, of: binCount) }
    if mask?.string?.utf8.elementsEqual(bytes) == true { return 0 }
    return 1 + hash.bin(bytes, of: binCount - 1)
  }

  /// The bin of a number, which is hashed as it is written.
  private func bin(_ number: Int) -> Int {
    if binCount > 1, let mask = mask?.int, mask == number { return 0 }
    var digits = String(number)
    return digits.withUTF8(bin)
  }

  package func call(entry: Value, scope: inout LayerScope) throws -> Value {
    try output.encoded(entry, depth: binCount, layer: Self.className, in: &scope.graph)
  }
}
