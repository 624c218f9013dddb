/// The arguments of Keras' classes in the order in which they may stand without their names.
///
/// Source: the signatures of Keras 3; those of Keras 2 agree where both exist. A test compares them
/// with what Keras says of itself.
package enum KerasSignatures {
  /// Reads a table with a line for each class: its name, a colon, its arguments.
  static func table(_ text: String) -> [String: [String]] {
    let entries = text.split(whereSeparator: \.isNewline).map { line in
      let words = line.split(separator: " ").map(String.init)
      return (String(words[0].dropLast()), Array(words.dropFirst()))
    }
    return Dictionary(uniqueKeysWithValues: entries)
  }
}
