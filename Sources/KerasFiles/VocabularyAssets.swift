import JSON
import Networks

/// The vocabularies that `adapt` found. Keras keeps them beside the configuration, as
/// `assets/layers/text_vectorization/vocabulary.txt` with a word a line, and the weights of `tf_idf`
/// among the weights; here they stand in the configuration, so that a layer is read from one place.
enum VocabularyAssets {
  /// The classes that have such.
  private static let classes: Set = ["StringLookup", "IntegerLookup", "TextVectorization"]
  /// The group of the look-up that a TextVectorization holds.
  private static let inner = "/_lookup_layer"
  private static let file = "/vocabulary.txt"
  /// What tells words that were found from those that were given (Keras' own hidden argument).
  private static let mark = "has_input_vocabulary"

  /// The configuration of a file with its vocabularies in it.
  static func inlined(
    _ configuration: JSONValue, assets: [(name: String, bytes: [UInt8])],
    weights: [String: StoredArray]
  ) -> JSONValue {
    guard !assets.isEmpty else { return configuration }
    var result = configuration
    visit(&result, path: "") { entry, path in
      guard entry["config"]?["vocabulary"]?.array == nil,
        let asset = assets.first(where: { $0.name == "assets/" + path + file })
      else { return }
      let words = lines(String(decoding: asset.bytes, as: UTF8.self))
      let isInteger = entry["class_name"]?.string == "IntegerLookup"
      entry["config"]?["vocabulary"] = .array(
        words.map { word in
          isInteger ? Int(word).map { .int($0) } ?? .string(word) : .string(word)
        })
      entry["config"]?[mark] = false
      if let idf = weights[path + "/vars/idf_weights"] {
        entry["config"]?["idf_weights"] = .array(idf.scalars.map { .double(Double($0)) })
      }
    }
    return result
  }

  /// The configuration as Keras writes it, and the files beside it. A vocabulary that does not
  /// survive in lines stays where it is.
  static func detached(
    _ configuration: JSONValue
  ) -> (configuration: JSONValue, assets: [(name: String, bytes: [UInt8])]) {
    var result = configuration
    var assets: [(name: String, bytes: [UInt8])] = []
    visit(&result, path: "") { entry, path in
      guard entry["config"]?[mark]?.bool == false, var config = entry["config"]?.object else {
        return
      }
      config[mark] = nil
      defer { entry["config"] = .object(config) }
      let words = (config["vocabulary"]?.array ?? []).compactMap {
        $0.string ?? $0.int.map { String($0) }
      }
      let text = words.joined(separator: "\n")
      guard !words.isEmpty, lines(text) == words else { return }
      (config["vocabulary"], config["idf_weights"]) = (nil, nil)
      config["vocabulary_size"] = .int(words.count)
      if entry["class_name"]?.string == "TextVectorization" {
        assets.append(("assets/" + path + inner + file, Array(text.utf8)))
      }
      assets.append(("assets/" + path + file, Array(text.utf8)))
    }
    return (result, assets)
  }

  /// Whether an asset is a vocabulary, which is written afresh.
  static func isVocabulary(_ name: String) -> Bool { name.hasSuffix(file) }

  /// Lines as Python's `splitlines` finds them, without empty ones at the end, which Keras drops.
  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where isAfterReturn: isAfterReturn = false
      case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
        isAfterReturn = scalar == "\r"
        lines.append(String(line))
        line.removeAll()
      default:
        isAfterReturn = false
        line.append(scalar)
      }
    }
    if !line.isEmpty { lines.append(String(line)) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Gives a closure the entry of every layer that may have a vocabulary, and its place in the file.
  private static func visit(
    _ model: inout JSONValue, path: String, _ body: (inout JSONValue, String) -> Void
  ) {
    guard var layers = model["config"]?["layers"]?.array else { return }
    let isSequential = model["class_name"]?.string == "Sequential"
    var counts: [String: Int] = [:]
    for index in layers.indices {
      let name = layers[index]["class_name"]?.string ?? ""
      let isOperation = layers[index]["module"]?.string?.contains(".ops") ?? false
      if isOperation || (isSequential && name == "InputLayer") { continue }
      let kind = snakeCase(name)
      let count = counts[kind, default: 0]
      counts[kind] = count + 1
      let own =
        (path.isEmpty ? "" : path + "/") + "layers/" + (count == 0 ? kind : "\(kind)_\(count)")
      if classes.contains(name) {
        body(&layers[index], own)
      } else {
        visit(&layers[index], path: own, body)
      }
    }
    model["config"]?["layers"] = .array(layers)
  }
}
