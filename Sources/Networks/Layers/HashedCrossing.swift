package import Graphs
package import JSON
package import Tensors

/// Several categories of a row put into bins together, by a hash of all of them.
package struct HashedCrossing: DataLayer {
  package static let className = "HashedCrossing"
  /// Where TensorFlow's hash of several values starts (`_DEFAULT_HASH_KEY` in `sparse_ops.py`).
  private static let seed: UInt64 = 0xDECAFCAFFE

  package let binCount: Int
  package let output: CategoryOutput

  package init(configuration: Configuration) throws {
    binCount = try configuration.extents(
      "num_bins", axes: 1, default: nil, in: 1...Vocabulary.mostWords)[0]
    output = try CategoryOutput(configuration, default: .int)
    guard [.int, .oneHot].contains(output) else {
      throw configuration.error(
        "output_mode", found: .string(output.rawValue), expected: "int or one_hot")
    }
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["num_bins": .int(binCount)]
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    return result
  }

  package var givesPlaces: Bool { output == .int }

  package func entryRow(_ rows: [[Int?]]) throws -> [Int?] {
    guard rows.count > 1, let first = rows.first, first.isEmpty || first == [1],
      rows.allSatisfy({ $0 == first })
    else {
      throw ShapeError(
        subject: Self.className,
        found: "inputs of shape "
          + rows.map { "\(Shape([0] + $0.map { $0 ?? 0 }))" }.joined(separator: ", "),
        expected: "two inputs or more, all with rows of shape () or (1,)")
    }
    return first
  }

  package func entry(_ inputs: [DataArray]) throws -> DataEntry {
    _ = try entryRow(inputs.map { $0.shape.extents.dropFirst().map { $0 } })
    let rows = inputs[0].rowCount
    var hashes = [UInt64](repeating: Self.seed, count: rows)
    for input in inputs {
      for row in 0..<rows {
        hashes[row] = FarmHash64.joined(hashes[row], try value(input, row))
      }
    }
    let bins = hashes.map { Float($0 % UInt64(binCount)) }
    return DataEntry(numbers: Tensor(shape: inputs[0].shape, scalars: bins), filler: 0)
  }

  /// What a row adds to the hash: the fingerprint of a string, or the number itself.
  private func value(_ input: DataArray, _ row: Int) throws -> UInt64 {
    switch input {
    case .texts(let texts):
      return texts.bytes.withUnsafeBufferPointer {
        FarmHash64.hash(UnsafeBufferPointer(rebasing: $0[texts.range(row)]))
      }
    case .integers(_, let numbers): return UInt64(bitPattern: Int64(numbers[row]))
    case .numbers(let tensor):
      guard let number = Int(exactly: tensor.scalars[row]) else {
        throw ShapeError(
          subject: Self.className, found: "the number \(tensor.scalars[row])",
          expected: "whole numbers or strings")
      }
      return UInt64(bitPattern: Int64(number))
    }
  }

  package func call(entry: Value, scope: inout LayerScope) throws -> Value {
    try output.encoded(entry, depth: binCount, layer: Self.className, in: &scope.graph)
  }
}
