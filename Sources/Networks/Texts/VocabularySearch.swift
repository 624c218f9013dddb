package import JSON
package import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds a vocabulary in texts: Keras' `adapt`. The most frequent words come first, of equally
/// frequent ones the last in the order of their bytes.
package struct VocabularySearch {
  private var table = TokenTable()
  private var counts: [Int] = []
  /// In how many rows each word occurs.
  private var rowCounts: [Int] = []
  /// The last row in which each word was seen.
  private var lastRows: [Int] = []
  private var rows = 0

  /// A search that has seen nothing.
  package init() {}

  /// Counts the words of the rows of an array.
  package mutating func add(_ texts: TextArray, splitting: TextSplitting) {
    let perRow = texts.rowCount == 0 ? 1 : texts.count / texts.rowCount
    var scratch = TextSplitting.Scratch()
    for row in 0..<texts.rowCount {
      splitting.eachToken(of: texts, in: row * perRow..<(row + 1) * perRow, &scratch) { token in
        let number = table.insert(token)
        if number == counts.count {
          counts.append(0)
          rowCounts.append(0)
          lastRows.append(-1)
        }
        counts[number] += 1
        if lastRows[number] != rows {
          rowCounts[number] += 1
          lastRows[number] = rows
        }
      }
      rows += 1
    }
  }

  /// The words that were found, best first.
  ///
  /// - Parameters:
  ///   - excluded: Words that are none: the mask, and what unknown words are called.
  ///   - limit: How many words are kept; `nil`: all.
  /// - Returns: The words, and the weight of each: log(1 + rows / (1 + rows that hold it)).
  package func found(
    without excluded: [String], limit: Int?
  ) -> (words: [String], weights: [Double]) {
    var numbers = Array(counts.indices)
    for var word in excluded {
      if let number = word.withUTF8({ table.find($0) }) { numbers.removeAll { $0 == number } }
    }
    numbers.sort {
      counts[$0] != counts[$1]
        ? counts[$0] > counts[$1]
        : table.token($1).lexicographicallyPrecedes(table.token($0))
    }
    if let limit { numbers.removeLast(max(0, numbers.count - max(0, limit))) }
    return (
      numbers.map { String(decoding: table.token($0), as: UTF8.self) },
      numbers.map { log(1 + Double(rows) / Double(1 + rowCounts[$0])) }
    )
  }
}

extension JSONObject {
  /// Takes a vocabulary that was found in data into the arguments of a lookup.
  ///
  /// - Parameter front: The words that stand in front of the others.
  mutating func setVocabulary(
    _ found: (words: [String], weights: [Double]), front: [String], weighed: Bool
  ) {
    self["vocabulary"] = .array((front + found.words).map { .string($0) })
    setAdapted(weights: weighed ? found.weights : nil, front: front.count)
  }

  /// Notes that a vocabulary was found, and what its words weigh.
  ///
  /// - Parameters:
  ///   - weights: The weights of the words that were found, if they are weighed.
  ///   - front: How many words stand in front of these, which get the mean.
  mutating func setAdapted(weights: [Double]?, front: Int) {
    self["has_input_vocabulary"] = false
    self["vocabulary_size"] = nil
    guard let weights else { return }
    let mean = weights.reduce(0, +) / Double(max(1, weights.count))
    self["idf_weights"] = .array(
      ([Double](repeating: mean, count: front) + weights).map { .double($0) })
  }
}

extension TextVectorization {
  /// The arguments of a layer with the vocabulary of texts: Keras' `adapt`.
  ///
  /// - Throws: `ConfigurationError` for arguments that Keras refuses, or texts without any word.
  package static func adapted(
    _ arguments: JSONObject, to texts: [TextArray]
  ) throws -> JSONObject {
    let configuration = Configuration(arguments, subject: className)
    return try StringLookup.adapted(
      configuration, to: texts, splitting: try TextSplitting(configuration), mask: mask,
      unknownCount: 1)
  }
}

extension StringLookup {
  /// The arguments of a layer with the vocabulary of strings: Keras' `adapt`.
  ///
  /// - Throws: `ConfigurationError` for arguments that Keras refuses, or strings without any word.
  package static func adapted(
    _ arguments: JSONObject, to texts: [TextArray]
  ) throws -> JSONObject {
    let configuration = Configuration(arguments, subject: className)
    return try adapted(
      configuration, to: texts, splitting: .none, mask: configuration.string("mask_token"),
      unknownCount: try configuration.int("num_oov_indices", default: 1))
  }

  static func adapted(
    _ configuration: Configuration, to texts: [TextArray], splitting: TextSplitting,
    mask: String?, unknownCount: Int
  ) throws -> JSONObject {
    let output = try CategoryOutput(configuration, default: .int, allowsWeights: true)
    let unknown = try configuration.string("oov_token", default: TextVectorization.unknown)
    var front = [String](repeating: unknown, count: max(0, unknownCount))
    if let mask, output == .int { front.insert(mask, at: 0) }
    var search = VocabularySearch()
    for array in texts { search.add(array, splitting: splitting) }
    let found = search.found(
      without: [mask, unknown].compactMap(\.self),
      limit: configuration.value("max_tokens")?.int.map { $0 - front.count })
    guard !found.words.isEmpty else {
      throw ConfigurationError(
        subject: configuration.subject, key: "vocabulary", found: "no word in the texts",
        expected: "at least one", advice: "Adapt the layer to the texts that it will see.")
    }
    var result = configuration.values
    result.setVocabulary(found, front: front, weighed: output == .tfIdf)
    return result
  }
}
