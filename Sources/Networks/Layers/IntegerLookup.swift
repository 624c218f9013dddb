package import Graphs
package import JSON
import Tensors

/// Numbers replaced by their places in a vocabulary. In front of it stand the mask (if there is one
/// and places are wanted) and the places of numbers that are not in it.
package struct IntegerLookup: Layer {
  package static let className = "IntegerLookup"
  /// Every word is an operation of the graph; files may hold any number.
  private static let mostWords = 4096
  /// The largest whole number up to which floats, as which data is held, tell all apart.
  private static let largestNumber = 1 << 24

  package let vocabulary: [Int]
  package let unknownCount: Int
  package let mask: Int?
  package let unknown: Int
  package let output: CategoryOutput
  package let mostTokens: Int?
  package let pads: Bool
  /// Whether `adapt` found the numbers, so that it may do so again.
  package let isAdapted: Bool

  package init(configuration: Configuration) throws {
    unknownCount = try configuration.extents(
      "num_oov_indices", axes: 1, default: [1], in: 0...Self.mostWords)[0]
    mask = configuration.value("mask_token")?.int
    unknown = try configuration.int("oov_token", default: -1)
    output = try CategoryOutput(configuration, default: .int)
    mostTokens = configuration.value("max_tokens")?.int
    pads = try configuration.bool("pad_to_max_tokens", default: false)
    isAdapted = try !configuration.bool("has_input_vocabulary", default: true)
    for key in ["invert", "salt"] {
      guard let value = configuration.value(key), value.bool != false else { continue }
      throw configuration.error(key, found: value, expected: "its default (this is not supported)")
    }
    guard let given = try configuration.ints("vocabulary"), !given.isEmpty else {
      throw configuration.error(
        "vocabulary", found: configuration.value("vocabulary"),
        expected: "a list of numbers, given or found by adapt")
    }
    // Mask and unknown may already stand in front.
    var front = [Int](repeating: unknown, count: unknownCount)
    if let mask, output == .int { front.insert(mask, at: 0) }
    let words = given.starts(with: front) ? Array(given.dropFirst(front.count)) : given
    guard Set(words).count == words.count, words.count <= Self.mostWords,
      words.allSatisfy({ (-Self.largestNumber...Self.largestNumber).contains($0) })
    else {
      throw configuration.error(
        "vocabulary", found: configuration.value("vocabulary"),
        expected: "at most \(Self.mostWords) different numbers up to \(Self.largestNumber)")
    }
    vocabulary = words
  }

  package var configuration: JSONObject {
    let front =
      (mask != nil && output == .int ? [mask ?? 0] : [])
      + [Int](repeating: unknown, count: unknownCount)
    var result: JSONObject = [
      "vocabulary": .array(((isAdapted ? front : []) + vocabulary).map { .int($0) })
    ]
    if isAdapted { result["has_input_vocabulary"] = false }
    result.set("num_oov_indices", unknownCount, default: 1)
    if let mask { result["mask_token"] = .int(mask) }
    result.set("oov_token", unknown, default: -1)
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    if let mostTokens { result["max_tokens"] = .int(mostTokens) }
    result.set("pad_to_max_tokens", pads, default: false)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let hasMaskPlace = mask != nil && output == .int
    let firstUnknown = hasMaskPlace ? 1 : 0
    let first = firstUnknown + unknownCount
    let column = scope.graph.reshape(x, to: Shape(scope.graph.shape(x).extents + [1]))
    let isWord = scope.graph.binary(
      .equal, column, scope.graph.vector(vocabulary.map(Double.init)))
    let places = scope.graph.add(scope.graph.counting(vocabulary.count), Double(first))
    let place = scope.graph.sum(scope.graph.multiply(isWord, places), axes: [-1])
    let isKnown = scope.graph.maximum(isWord, axes: [-1])
    // Several unknown places are shared out by the remainder; without any Keras fails, here such
    // numbers have no place.
    var other = scope.graph.constant(unknownCount == 0 ? -1 : Double(firstUnknown))
    if unknownCount > 1 {
      let turns = scope.graph.unary(
        .floor, scope.graph.divide(x, scope.graph.constant(Double(unknownCount))))
      let rest = scope.graph.subtract(x, scope.graph.scale(turns, by: Double(unknownCount)))
      other = scope.graph.add(rest, Double(firstUnknown))
    }
    var result = scope.graph.select(isKnown, place, other)
    if let mask {
      let isMask = scope.graph.binary(.equal, x, scope.graph.constant(Double(mask)))
      let none = scope.graph.constant(hasMaskPlace ? 0 : -1)
      result = scope.graph.select(isMask, none, result)
    }
    let depth = pads ? mostTokens ?? first + vocabulary.count : first + vocabulary.count
    return try output.encoded(result, depth: depth, layer: Self.className, in: &scope.graph)
  }
}
