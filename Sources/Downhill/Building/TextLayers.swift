public import JSON
import Networks
import Tensors

/// Texts taken apart into words, and these replaced by their places in a vocabulary: `[1] → [length]`.
///
/// It stands in front of a model, or is called with an input of strings. Punctuation and capitals do
/// not count; 0 stands for "no word", 1 for words that are not in the vocabulary.
///
/// ```swift
/// let words = try TextVectorization(length: 20, maxTokens: 5000).adapted(to: texts)
/// var network = try Sequential(input: [1]) {
///   words
///   Embedding(words.vocabulary.count, width: 16, masksZero: true)
///   GlobalAveragePooling1D()
///   Dense(1, activation: .sigmoid)
/// }
/// ```
public struct TextVectorization: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry
  /// The words by their places; empty until the layer is adapted.
  public let vocabulary: [String]

  /// A layer that has yet to be adapted to texts.
  ///
  /// - Parameters:
  ///   - length: How many words a row has: longer texts are cut, shorter ones filled with 0.
  ///   - maxTokens: How many places there are at most; `nil`: as many as there are words.
  ///   - arguments: Other arguments, in Keras' names: `["ngrams": 2, "split": "character"]`.
  ///   - name: The name of the layer.
  public init(
    length: Int, maxTokens: Int? = nil, arguments: JSONObject = [:], name: String? = nil
  ) {
    var own = LayerArguments(name)
    own.add("output_sequence_length", .int(length))
    if let maxTokens { own.add("max_tokens", .int(maxTokens)) }
    entry = LayerEntry("TextVectorization", arguments.adding(own.json))
    vocabulary = []
  }

  private init(_ arguments: JSONObject, vocabulary: [String]) {
    entry = LayerEntry("TextVectorization", arguments)
    self.vocabulary = vocabulary
  }

  /// The layer with the vocabulary of texts, most frequent words first: Keras' `adapt`.
  ///
  /// - Throws: `ConfigurationError` for arguments that Keras refuses, or texts without any word.
  public func adapted(to texts: [String]) throws -> TextVectorization {
    let arguments = try Networks.TextVectorization.adapted(
      entry.arguments, to: [TextArray(texts)])
    let layer = try Networks.TextVectorization(
      configuration: Configuration(arguments, subject: "TextVectorization"))
    return TextVectorization(arguments, vocabulary: layer.vocabulary.everyWord)
  }
}

/// Words replaced by their places in a vocabulary: `[words] → [words]`. 0 stands for words that are not
/// in it.
public struct StringLookup: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A look-up in a vocabulary.
  ///
  /// - Parameters:
  ///   - vocabulary: The words.
  ///   - arguments: Other arguments, in Keras' names: `["output_mode": "one_hot"]`.
  ///   - name: The name of the layer.
  public init(_ vocabulary: [String], arguments: JSONObject = [:], name: String? = nil) {
    var own = LayerArguments(name)
    own.add("vocabulary", .array(vocabulary.map { .string($0) }))
    entry = LayerEntry("StringLookup", arguments.adding(own.json))
  }
}
