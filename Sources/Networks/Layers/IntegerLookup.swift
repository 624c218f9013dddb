package import Graphs
package import JSON
package import Tensors

/// Numbers replaced by their places in a vocabulary, or places by the numbers. In front of it stand the
/// mask (if there is one and places are wanted) and the places of numbers that are not in it.
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
  /// What a number weighs in `tf_idf`, by its place.
  package let weights: [Float]
  /// Whether places are replaced by numbers.
  package let isInverted: Bool
  /// Whether `adapt` found the numbers, so that it may do so again.
  package let isAdapted: Bool

  package init(configuration: Configuration) throws {
    unknownCount = try configuration.extents(
      "num_oov_indices", axes: 1, default: [1], in: 0...Self.mostWords)[0]
    mask = configuration.value("mask_token")?.int
    unknown = try configuration.int("oov_token", default: -1)
    output = try CategoryOutput(configuration, default: .int, allowsWeights: true)
    isInverted = try configuration.bool("invert", default: false)
    guard !isInverted || output == .int else {
      throw configuration.error(
        "output_mode", found: .string(output.rawValue), expected: "int beside invert=True")
    }
    mostTokens = configuration.value("max_tokens")?.int
    pads = try configuration.bool("pad_to_max_tokens", default: false)
    isAdapted = try !configuration.bool("has_input_vocabulary", default: true)
    // Of one place for unknown numbers all are the same.
    if unknownCount > 1, try configuration.string("oov_method", default: "floormod") != "floormod" {
      throw configuration.error(
        "oov_method", found: configuration.value("oov_method"),
        expected: "floormod (hashes of numbers are not supported)")
    }
    guard let given = try configuration.ints("vocabulary"), !given.isEmpty else {
      throw configuration.error(
        "vocabulary", found: configuration.value("vocabulary"),
        expected: "a list of numbers, given or found by adapt")
    }
    // Mask and unknown may already stand in front.
    var front = [Int](repeating: unknown, count: unknownCount)
    if let mask, output == .int { front.insert(mask, at: 0) }
    let hasFront = given.starts(with: front)
    let words = hasFront ? Array(given.dropFirst(front.count)) : given
    guard Set(words).count == words.count, words.count <= Self.mostWords,
      words.allSatisfy({ (-Self.largestNumber...Self.largestNumber).contains($0) })
    else {
      throw configuration.error(
        "vocabulary", found: configuration.value("vocabulary"),
        expected: "at most \(Self.mostWords) different numbers up to \(Self.largestNumber)")
    }
    vocabulary = words
    weights =
      try output == .tfIdf
      ? Vocabulary.weights(
        configuration, front: front.count, words: words.count, hasFront: hasFront) : []
  }

  /// The mask and the places of unknown numbers, as they stand in front.
  private var front: [Int] {
    (hasMaskPlace ? [mask ?? 0] : []) + [Int](repeating: unknown, count: unknownCount)
  }
  private var hasMaskPlace: Bool { mask != nil && output == .int }
  /// How long vectors are.
  private var depth: Int {
    let count = front.count + vocabulary.count
    return pads ? mostTokens ?? count : count
  }
  private var paddedWeights: [Float] {
    weights + [Float](repeating: 0, count: max(0, depth - weights.count))
  }

  /// What Keras keeps among the weights: those of `tf_idf`.
  package var savedArrays: [String: Tensor] {
    guard output == .tfIdf else { return [:] }
    return ["idf_weights": Tensor(shape: [depth], scalars: paddedWeights)]
  }

  package var configuration: JSONObject {
    // With what stands in front, as Keras itself lists it, where this has weights of its own.
    let hasFront = isAdapted || output == .tfIdf
    var result: JSONObject = [
      "vocabulary": .array(((hasFront ? front : []) + vocabulary).map { .int($0) })
    ]
    if isAdapted { result["has_input_vocabulary"] = false }
    result.set("num_oov_indices", unknownCount, default: 1)
    if let mask { result["mask_token"] = .int(mask) }
    result.set("oov_token", unknown, default: -1)
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    if let mostTokens { result["max_tokens"] = .int(mostTokens) }
    result.set("pad_to_max_tokens", pads, default: false)
    result.set("invert", isInverted, default: false)
    if output == .tfIdf {
      result["idf_weights"] = .array(weights.map { .double(Double($0)) })
    }
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    if isInverted { return numbers(at: x, in: &scope.graph) }
    let places = places(of: x, in: &scope.graph)
    guard output == .tfIdf else {
      return try output.encoded(places, depth: depth, layer: Self.className, in: &scope.graph)
    }
    let counts = try CategoryOutput.count.encoded(
      places, depth: depth, layer: Self.className, in: &scope.graph)
    return scope.graph.multiply(counts, scope.graph.vector(paddedWeights.map(Double.init)))
  }

  /// The places of numbers; −1 for those that have none.
  private func places(of x: Value, in graph: inout Graph) -> Value {
    let firstUnknown = hasMaskPlace ? 1 : 0
    let places = graph.add(
      graph.counting(vocabulary.count), Double(firstUnknown + unknownCount))
    let (isKnown, place) = matches(
      x, of: graph.vector(vocabulary.map(Double.init)), to: places, in: &graph)
    // Several unknown places are shared out by the remainder; without any Keras fails, here such
    // numbers have no place.
    var other = graph.constant(unknownCount == 0 ? -1 : Double(firstUnknown))
    if unknownCount > 1 {
      let turns = graph.unary(.floor, graph.divide(x, graph.constant(Double(unknownCount))))
      let rest = graph.subtract(x, graph.scale(turns, by: Double(unknownCount)))
      other = graph.add(rest, Double(firstUnknown))
    }
    let result = graph.select(isKnown, place, other)
    guard let mask else { return result }
    let isMask = graph.binary(.equal, x, graph.constant(Double(mask)))
    return graph.select(isMask, graph.constant(hasMaskPlace ? 0 : -1), result)
  }

  /// The numbers at places; the unknown one where there is none.
  private func numbers(at x: Value, in graph: inout Graph) -> Value {
    let places = graph.add(graph.counting(vocabulary.count), Double(front.count))
    let (isKnown, number) = matches(
      x, of: places, to: graph.vector(vocabulary.map(Double.init)), in: &graph)
    let result = graph.select(isKnown, number, graph.constant(Double(unknown)))
    guard let mask else { return result }
    let isMask = graph.binary(.equal, x, graph.constant(0))
    return graph.select(isMask, graph.constant(Double(mask)), result)
  }

  /// Which elements stand in a list, and what stands at the same place of another one.
  private func matches(
    _ x: Value, of keys: Value, to values: Value, in graph: inout Graph
  ) -> (isKnown: Value, value: Value) {
    let column = graph.reshape(x, to: Shape(graph.shape(x).extents + [1]))
    let isKey = graph.binary(.equal, column, keys)
    return (
      graph.maximum(isKey, axes: [-1]), graph.sum(graph.multiply(isKey, values), axes: [-1])
    )
  }
}
