package import JSON
package import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IntegerLookup {
  /// The arguments of a layer with the vocabulary of whole numbers: Keras' `adapt`. The most frequent
  /// numbers come first, of equally frequent ones the largest.
  ///
  /// - Parameters:
  ///   - shape: The shape of the data, rows first.
  ///   - numbers: The data.
  /// - Throws: `ConfigurationError` for arguments that Keras refuses, or data without any number.
  package static func adapted(
    _ arguments: JSONObject, to shape: Shape, _ numbers: [Int]
  ) throws -> JSONObject {
    let configuration = Configuration(arguments, subject: className)
    let output = try CategoryOutput(configuration, default: .int, allowsWeights: true)
    let unknown = try configuration.int("oov_token", default: -1)
    let unknownCount = try configuration.int("num_oov_indices", default: 1)
    let mask = configuration.value("mask_token")?.int
    var front = [Int](repeating: unknown, count: max(0, unknownCount))
    if let mask, output == .int { front.insert(mask, at: 0) }
    var (counts, rowCounts): ([Int: Int], [Int: Int]) = ([:], [:])
    let rows = shape.rank > 0 ? shape[0] : 1
    let length = rows == 0 ? 0 : numbers.count / rows
    for row in 0..<rows {
      let own = numbers[row * length..<(row + 1) * length]
      for number in own { counts[number, default: 0] += 1 }
      for number in Set(own) { rowCounts[number, default: 0] += 1 }
    }
    for none in [mask, unknown].compactMap(\.self) { counts[none] = nil }
    var found = counts.keys.sorted { (counts[$0] ?? 0, $0) > (counts[$1] ?? 0, $1) }
    if let limit = configuration.value("max_tokens")?.int {
      found.removeLast(max(0, found.count - max(0, limit - front.count)))
    }
    guard !found.isEmpty else {
      throw ConfigurationError(
        subject: className, key: "vocabulary", found: "no number in the data",
        expected: "at least one", advice: "Adapt the layer to the numbers that it will see.")
    }
    var result = arguments
    let weights = found.map { log(1 + Double(rows) / Double(1 + (rowCounts[$0] ?? 0))) }
    result["vocabulary"] = .array((front + found).map { .int($0) })
    result.setAdapted(weights: output == .tfIdf ? weights : nil, front: front.count)
    return result
  }
}
