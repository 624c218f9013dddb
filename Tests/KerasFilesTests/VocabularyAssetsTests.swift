import Archives
import FileAccess
import JSON
import KerasFiles
import Networks
import Tensors
import Testing

/// Vocabularies that `adapt` found lie beside the configuration, as Keras keeps them; given ones in it.
@Suite struct VocabularyAssetsTests {
  private static func file(_ config: JSONValue) throws -> KerasModelFile {
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            [
              "class_name": "InputLayer",
              "config": ["batch_shape": [nil, 1], "dtype": "string", "name": "x"],
            ],
            ["class_name": "TextVectorization", "config": config],
          ],
        ],
      ])
    let bytes = try KerasModelFile.archived(model: model, parameters: [])
    let archive = try KerasArchive(ZipArchive(ReadableFile(bytes: bytes, name: "m.keras")))
    return try KerasModelFile(archive, of: "m.keras")
  }

  private static func words(_ file: KerasModelFile) -> [String]? {
    (file.model?.layers.last?.layer as? TextVectorization)?.vocabulary.everyWord
  }

  @Test func foundWordsAreKeptApart() throws {
    let file = try Self.file([
      "name": "t", "vocabulary": ["", "[UNK]", "b", "é"], "has_input_vocabulary": false,
      "output_sequence_length": 3,
    ])
    #expect(
      file.archive.assets.map(\.name).sorted() == [
        "assets/layers/text_vectorization/_lookup_layer/vocabulary.txt",
        "assets/layers/text_vectorization/vocabulary.txt",
      ])
    #expect(file.archive.assets.allSatisfy { $0.bytes == Array("\n[UNK]\nb\né".utf8) })
    #expect(Self.words(file) == ["", "[UNK]", "b", "é"])
    // A file that is only edited keeps them apart as well.
    let again = try KerasArchive(
      ZipArchive(ReadableFile(bytes: file.archive.archived(), name: "again")))
    #expect(again.configuration == file.archive.configuration)
    #expect(again.assets.count == 2)
  }

  @Test func weightsOfWordsStandAmongTheWeights() throws {
    let file = try Self.file([
      "name": "t", "vocabulary": ["[UNK]", "b", "a"], "has_input_vocabulary": false,
      "output_mode": "tf_idf", "idf_weights": [0.5, 1.0, 2.0],
    ])
    for group in ["", "/_lookup_layer"] {
      let path = "layers/text_vectorization\(group)/vars/idf_weights"
      #expect(file.archive.weights[path]?.scalars == [0.5, 1, 2])
    }
    let layer = file.model?.layers.last?.layer as? TextVectorization
    #expect(layer?.vocabulary.weights == [0.5, 1, 2])
  }

  @Test(arguments: [["a", "b"], ["a\nb", "c"], ["a", "b\u{2028}"]])
  func givenWordsAndThoseThatBreakLinesStayInTheConfiguration(_ words: [String]) throws {
    let isGiven = words == ["a", "b"]
    let file = try Self.file([
      "name": "t", "vocabulary": .array(words.map { .string($0) }), "standardize": nil,
      "has_input_vocabulary": .bool(isGiven), "output_sequence_length": 3,
    ])
    #expect(file.archive.assets.isEmpty)
    #expect(Self.words(file) == ["", "[UNK]"] + words)
    let entry = file.archive.configuration["config"]?["layers"]?[1]?["config"]
    #expect(entry?["has_input_vocabulary"] == nil)
  }

  /// Keras writes a word with a line separator as it is, and finds several when it reads the file: it
  /// refuses its own file, and so is it here, but with the reason.
  @Test func aWordThatBecameSeveralLinesIsNamedAsTheReason() throws {
    let sound = try Self.file([
      "name": "t", "vocabulary": ["", "[UNK]", "b", "a"], "has_input_vocabulary": false,
    ])
    let zip = try ZipArchive(ReadableFile(bytes: sound.archive.archived(), name: "m.keras"))
    var writer = ZipWriter()
    for entry in zip.entries {
      let isVocabulary = entry.name.hasSuffix("vocabulary.txt")
      writer.add(
        entry.name, isVocabulary ? Array("\n[UNK]\nb\na\u{2028}b".utf8) : try zip.read(entry))
    }
    let file = try KerasModelFile(
      KerasArchive(ZipArchive(ReadableFile(bytes: writer.archive(), name: "m.keras"))),
      of: "m.keras")
    let obstacle = try #require(file.obstacle)
    #expect(obstacle.contains("found '5 words', expected the 4 of vocabulary_size"), "\(obstacle)")
    #expect(obstacle.contains("line separator"), "\(obstacle)")
  }
}
