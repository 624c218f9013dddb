package import Graphs
package import JSON
package import Tensors

/// Texts taken apart into words, and these replaced by their places in a vocabulary or by one vector
/// a text.
package struct TextVectorization: DataLayer {
  package static let className = "TextVectorization"
  package static let takesStringsOnly = true
  /// The word that stands for none, and what unknown words are called.
  package static let (mask, unknown) = ("", "[UNK]")
  /// Longer rows than anyone trains on.
  private static let longestRow = 1 << 24

  package let splitting: TextSplitting
  package let vocabulary: Vocabulary
  /// How many places a row has; `nil`: as many as the longest text.
  package let length: Int?

  package init(configuration: Configuration) throws {
    splitting = try TextSplitting(configuration)
    vocabulary = try Vocabulary(configuration, mask: Self.mask, unknown: Self.unknown)
    length = try configuration.value("output_sequence_length").map { _ in
      try configuration.extents(
        "output_sequence_length", axes: 1, default: nil, in: 1...Self.longestRow)[0]
    }
    if length != nil, vocabulary.output != .int {
      throw configuration.error(
        "output_sequence_length", found: configuration.value("output_sequence_length"),
        expected: "null beside output_mode '\(vocabulary.output.rawValue)'")
    }
    // Keras itself gives a vector for each word of the batch then, rows mixed.
    if vocabulary.output == .oneHot, splitting.separation != nil || splitting.widths != nil {
      throw configuration.error(
        "output_mode", found: "one_hot", expected: "int, multi_hot, count or tf_idf")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    vocabulary.write(to: &result)
    splitting.write(to: &result)
    if let length { result["output_sequence_length"] = .int(length) }
    return result
  }

  package var savedArrays: [String: Tensor] { vocabulary.savedArrays }
  package var innerGroups: [String] { ["_lookup_layer"] }

  package var givesPlaces: Bool { vocabulary.output == .int }

  package func entryRow(_ rows: [[Int?]]) throws -> [Int?] {
    let row = try single(rows)
    let isOneText = row.isEmpty || row == [1] || row == [nil]
    guard splitting.separation == nil ? row.count == 1 : isOneText else {
      throw ShapeError(
        subject: Self.className,
        found: "input of shape \(Shape([0] + row.map { $0 ?? 0 }))",
        expected: splitting.separation == nil ? "rows with one axis" : "rows of shape () or (1,)")
    }
    let count = length ?? (splitting.separation == nil && splitting.widths == nil ? row[0] : nil)
    return vocabulary.output == .tfIdf ? [2, count] : [count]
  }

  package func entry(_ inputs: [DataArray]) throws -> DataEntry {
    let texts = try texts(single(inputs))
    _ = try entryRow([texts.shape.extents.dropFirst().map { $0 }])
    let perRow = texts.rowCount == 0 ? 1 : texts.count / texts.rowCount
    var places: [Int] = []
    var ends: [Int] = []
    var scratch = TextSplitting.Scratch()
    for row in 0..<texts.rowCount {
      try splitting.eachToken(of: texts, in: row * perRow..<(row + 1) * perRow, &scratch) {
        places.append(try vocabulary.place($0, Self.className))
      }
      if let length { places.trim(from: ends.last ?? 0, to: length) }
      ends.append(places.count)
    }
    return rectangular(places, ends)
  }

  /// Rows of one length: that which is wanted, or that of the longest.
  private func rectangular(_ places: [Int], _ ends: [Int]) -> DataEntry {
    let starts = [0] + ends.dropLast()
    let longest = zip(starts, ends).map { $1 - $0 }.max() ?? 0
    // An axis without extent has no place in a graph.
    let count = length ?? max(1, longest)
    var filled = [Int](repeating: Int(vocabulary.filler), count: ends.count * count)
    for (row, (start, end)) in zip(starts, ends).enumerated() {
      for index in start..<end { filled[row * count + index - start] = places[index] }
    }
    return vocabulary.entry(filled, shape: [ends.count, count])
  }

  package func call(entry: Value, scope: inout LayerScope) throws -> Value {
    try vocabulary.encoded(entry, layer: Self.className, in: &scope.graph)
  }
}

extension [Int] {
  /// Leaves at most so many elements behind a place.
  fileprivate mutating func trim(from start: Int, to length: Int) {
    if count > start + length { removeSubrange((start + length)...) }
  }
}
