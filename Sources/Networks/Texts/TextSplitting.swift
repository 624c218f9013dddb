package import JSON
package import Tensors

/// How TextVectorization takes a text apart: standardized, split into tokens, joined to n-grams.
package struct TextSplitting: Hashable, Sendable {
  /// What happens to a text before it is split.
  package enum Standardization: String, Hashable, Sendable, CaseIterable {
    case lowerAndStripPunctuation = "lower_and_strip_punctuation"
    case lower
    case stripPunctuation = "strip_punctuation"

    var lowers: Bool { self != .stripPunctuation }
    var strips: Bool { self != .lower }
  }

  /// Where a text is split.
  package enum Separation: String, Hashable, Sendable, CaseIterable {
    /// At runs of white space.
    case whitespace
    /// Behind every character.
    case character
  }

  /// `nil`: texts are taken as they are.
  package let standardization: Standardization?
  /// `nil`: every string is one token.
  package let separation: Separation?
  /// How many tokens are joined: `[1, 2]` for words and pairs of words. `nil`: tokens stay alone.
  package let widths: [Int]?

  /// More tokens than any n-gram has.
  private static let widestGram = 64

  /// Strings as they are, each one token.
  package static let none = TextSplitting(standardization: nil, separation: nil, widths: nil)

  private init(standardization: Standardization?, separation: Separation?, widths: [Int]?) {
    (self.standardization, self.separation, self.widths) = (standardization, separation, widths)
  }

  /// Reads `standardize`, `split` and `ngrams`.
  package init(_ configuration: Configuration) throws {
    standardization = try Self.choice(
      "standardize", configuration, default: .lowerAndStripPunctuation)
    separation = try Self.choice("split", configuration, default: .whitespace)
    // A number stands for all widths up to it, a list for those in it.
    let widths =
      if let most = configuration.value("ngrams")?.int {
        most > 0 ? Array(1...min(most, Self.widestGram + 1)) : [0]
      } else {
        try configuration.ints("ngrams")
      }
    if let widths, widths.isEmpty || !widths.allSatisfy((1...Self.widestGram).contains) {
      throw configuration.error(
        "ngrams", found: configuration.value("ngrams"), expected: "1 to \(Self.widestGram)")
    }
    self.widths = widths
  }

  private static func choice<T: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ configuration: Configuration, default standard: T
  ) throws -> T? {
    // Here null is no default but "none".
    guard let value = configuration.values[key] else { return standard }
    if value.isNull { return nil }
    guard let text = value.string, let choice = T(rawValue: text) else {
      throw configuration.error(
        key, found: value,
        expected: T.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
          + " or null (functions in Python are not run)")
    }
    return choice
  }

  /// All three arguments, as they stand in files: Keras reads them without asking whether they are
  /// there.
  package func write(to result: inout JSONObject) {
    result["standardize"] = standardization.map { .string($0.rawValue) } ?? .null
    result["split"] = separation.map { .string($0.rawValue) } ?? .null
    result["ngrams"] = .null
    guard let widths else { return }
    let isRange = widths == Array(1...widths.count)
    result["ngrams"] = isRange ? .int(widths.count) : .array(widths.map { .int($0) })
  }

  // MARK: Splitting

  /// Gives a closure every token of a row of strings, in Keras' order: all n-grams of one width
  /// before those of the next.
  ///
  /// - Parameters:
  ///   - row: The strings of the row; one, unless texts are not split.
  ///   - scratch: Memory to work in.
  package func eachToken(
    of texts: TextArray, in row: Range<Int>, _ scratch: inout Scratch,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) rethrows {
    scratch.clear()
    for index in row {
      scratch.standardize(texts.bytes[texts.range(index)], standardization)
      switch separation {
      case nil: scratch.endToken()
      case .whitespace: scratch.splitAtWhitespace()
      case .character: scratch.splitCharacters()
      }
    }
    guard let widths else {
      for token in scratch.tokens.indices {
        try scratch.text.withUnsafeBufferPointer {
          try body(UnsafeBufferPointer(rebasing: $0[scratch.tokens[token]]))
        }
      }
      return
    }
    for width in widths where width <= scratch.tokens.count {
      for first in 0...scratch.tokens.count - width {
        try scratch.joined(first..<first + width).withUnsafeBufferPointer(body)
      }
    }
  }

  /// Memory in which texts are taken apart.
  package struct Scratch {
    /// The standardized strings of a row, one behind the other.
    var text: [UInt8] = []
    /// Where its tokens lie.
    var tokens: [Range<Int>] = []
    /// Where the string that was standardized last begins.
    private var start = 0

    package init() {}

    mutating func clear() {
      text.removeAll(keepingCapacity: true)
      tokens.removeAll(keepingCapacity: true)
    }

    /// Puts a string behind the others. As TensorFlow does without an encoding, only the letters of
    /// ASCII become small.
    mutating func standardize(_ bytes: ArraySlice<UInt8>, _ kind: Standardization?) {
      start = text.count
      guard let kind else {
        text.append(contentsOf: bytes)
        return
      }
      for byte in bytes {
        let isUpper = (0x41...0x5a).contains(byte)
        if isUpper, kind.lowers {
          text.append(byte | 0x20)
        } else if !kind.strips || !Self.isPunctuation(byte) {
          text.append(byte)
        }
      }
    }

    /// What Keras' pattern strips: everything printable in ASCII that is no letter, digit or space.
    private static func isPunctuation(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: true
      default: false
      }
    }

    mutating func endToken() { tokens.append(start..<text.count) }

    /// Only ASCII's six kinds of white space count.
    mutating func splitAtWhitespace() {
      var first = start
      for index in start..<text.count where text[index] == 0x20 || (9...13).contains(text[index]) {
        if index > first { tokens.append(first..<index) }
        first = index + 1
      }
      if text.count > first { tokens.append(first..<text.count) }
    }

    /// Every code point is a token; what is no UTF-8 becomes U+FFFD.
    mutating func splitCharacters() {
      let decoded = String(decoding: text[start...], as: UTF8.self)
      text.removeSubrange(start...)
      for scalar in decoded.unicodeScalars {
        let first = text.count
        text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        tokens.append(first..<text.count)
      }
    }

    /// Tokens with spaces between them.
    func joined(_ range: Range<Int>) -> [UInt8] {
      var result: [UInt8] = []
      for token in tokens[range] {
        if token != tokens[range.lowerBound] { result.append(0x20) }
        result.append(contentsOf: text[token])
      }
      return result
    }
  }
}
