package import JSON

/// The words of a StringLookup or TextVectorization and their places: in front the mask, if there is
/// one and places are wanted, then the places of words that are not known.
package struct Vocabulary: Hashable, Sendable {
  /// Larger numbers are not told apart by the floats in which places are held.
  package static let mostWords = 1 << 24

  /// The words, without what stands in front.
  package let words: [String]
  /// How many places unknown words share.
  package let unknownCount: Int
  /// The word that stands for none.
  package let mask: String?
  /// The word for unknown ones.
  package let unknown: String?
  /// How places are given.
  package let output: CategoryOutput
  /// How many places there can be at most.
  package let mostTokens: Int?
  /// Whether vectors are as long as that.
  package let pads: Bool
  /// What a word weighs in `tf_idf`, by its place.
  package let weights: [Float]
  /// How unknown words are shared out.
  package let hash: StringHash
  /// Whether `adapt` found the words, so that it may do so again.
  package let isAdapted: Bool
  private let table: TokenTable

  /// Reads the arguments of a lookup.
  ///
  /// - Parameters:
  ///   - unknownCount: How many places unknown words share.
  ///   - mask: The word that stands for none.
  ///   - unknown: The word for unknown ones.
  package init(
    _ configuration: Configuration, unknownCount: Int = 1, mask: String?,
    unknown: String? = "[UNK]"
  ) throws {
    (self.unknownCount, self.mask, self.unknown) = (unknownCount, mask, unknown)
    output = try CategoryOutput(configuration, default: .int, allowsWeights: true)
    mostTokens = configuration.value("max_tokens")?.int
    pads = try configuration.bool("pad_to_max_tokens", default: false)
    hash = try StringHash(configuration)
    isAdapted = try !configuration.bool("has_input_vocabulary", default: true)
    for key in ["ragged", "invert"] where try configuration.bool(key, default: false) {
      throw configuration.error(
        key, found: true,
        expected: key == "ragged"
          ? "false (rows of different lengths are not supported)"
          : "false (strings cannot come out of a model here)")
    }
    let encoding = try configuration.string("encoding", default: "utf-8")
    guard ["utf-8", "utf8"].contains(encoding.lowercased()) else {
      throw configuration.error("encoding", found: .string(encoding), expected: "utf-8")
    }
    guard let found = configuration.value("vocabulary") else {
      throw configuration.error(
        "vocabulary", found: nil, expected: "a list of words, given or found by adapt")
    }
    let given = (found.array ?? []).compactMap(\.string)
    guard !given.isEmpty, given.count == found.array?.count else {
      throw configuration.error("vocabulary", found: found, expected: "a list of words")
    }
    var front = [String](repeating: unknown ?? "", count: unknownCount)
    if let mask, output == .int { front.insert(mask, at: 0) }
    let hasFront =
      given.count >= front.count
      && zip(given, front).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    words = hasFront ? Array(given.dropFirst(front.count)) : given
    if let size = configuration.value("vocabulary_size")?.int, size != front.count + words.count {
      throw configuration.error(
        "vocabulary", found: .string("\(front.count + words.count) words"),
        expected: "the \(size) of vocabulary_size",
        advice: "Keras keeps words that adapt found as lines of a file, and reads a word with a "
          + "line separator in it (as U+2028) as several. Take such characters out of the texts.")
    }
    table = TokenTable(words)
    guard table.count == words.count, front.count + words.count <= Self.mostWords else {
      throw configuration.error(
        "vocabulary", found: found,
        expected: "at most \(Self.mostWords) different words (\(table.count) are different)")
    }
    if let mostTokens, front.count + words.count > mostTokens {
      throw configuration.error(
        "vocabulary", found: .string("\(front.count + words.count) words"),
        expected: "at most max_tokens=\(mostTokens)")
    }
    if pads, mostTokens == nil || (mostTokens ?? 0) > Self.mostWords {
      throw configuration.error(
        "max_tokens", found: configuration.value("max_tokens"),
        expected: "1 to \(Self.mostWords) beside pad_to_max_tokens")
    }
    weights =
      try output == .tfIdf
      ? Self.weights(
        configuration, front: front.count, words: words.count, hasFront: hasFront) : []
  }

  /// What words weigh in `tf_idf`, by place; without those of the places in front Keras gives these the
  /// mean.
  static func weights(
    _ configuration: Configuration, front: Int, words: Int, hasFront: Bool
  ) throws -> [Float] {
    let given = try configuration.doubles("idf_weights") ?? []
    if given.count >= front + words { return given.prefix(front + words).map(Float.init) }
    guard !hasFront, given.count == words, words > 0 else {
      throw configuration.error(
        "idf_weights", found: .string("\(given.count) numbers"),
        expected: "one for each of \(words) words")
    }
    let mean = given.reduce(0, +) / Double(words)
    return ([Double](repeating: mean, count: front) + given).map(Float.init)
  }

  /// The place of the first unknown word.
  package var firstUnknown: Int { mask != nil && output == .int ? 1 : 0 }
  /// The place of the first word.
  package var firstWord: Int { firstUnknown + unknownCount }
  /// How many places there are.
  package var count: Int { firstWord + words.count }
  /// How long vectors are.
  package var depth: Int { pads ? mostTokens ?? count : count }

  /// All words by their places, those in front included: Keras' `get_vocabulary()`.
  package var everyWord: [String] {
    let front = [String](repeating: unknown ?? "", count: unknownCount)
    return (firstUnknown == 1 ? [mask ?? ""] : []) + front + words
  }

  /// The place of a word; −1 for the mask where it has none.
  ///
  /// - Throws: ``ShapeError`` for an unknown word where there is no place for such.
  package func place(
    _ token: UnsafeBufferPointer<UInt8>, _ subject: String
  ) throws -> Int {
    if let mask, mask.utf8.elementsEqual(token) { return firstUnknown == 1 ? 0 : -1 }
    if let word = table.find(token) { return firstWord + word }
    switch unknownCount {
    case 0:
      throw ShapeError(
        subject: subject,
        found: "the string '\(String(decoding: token.prefix(60), as: UTF8.self))'",
        expected: "words of its vocabulary", advice: "Set num_oov_indices=1.")
    case 1: return firstUnknown
    default: return firstUnknown + hash.bin(token, of: unknownCount)
    }
  }

  /// Puts what is not Keras' default into a configuration.
  package func write(to result: inout JSONObject) {
    // With the words in front, as Keras itself lists them, unless unknown words have no name.
    let hasFront = unknown != nil || unknownCount == 0
    result["vocabulary"] = .array((hasFront ? everyWord : words).map { .string($0) })
    if isAdapted { result["has_input_vocabulary"] = false }
    result.set("output_mode", output.rawValue, default: CategoryOutput.int.rawValue)
    if let mostTokens { result["max_tokens"] = .int(mostTokens) }
    result.set("pad_to_max_tokens", pads, default: false)
    if output == .tfIdf {
      result["idf_weights"] = .array(
        weights.dropFirst(hasFront ? 0 : firstWord).map { .double(Double($0)) })
    }
    if let salt = hash.json { result["salt"] = salt }
  }
}
