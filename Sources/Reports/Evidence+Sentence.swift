import CaseFile

extension Evidence {
  /// The evidence as people read it: what was looked at, its figure if the words do not hold it yet,
  /// and on what it was measured.
  var sentence: String {
    var sentence = text
    if let value, !text.contains(where: \.isNumber) {
      sentence += ": " + NumberText.short(value) + (unit.map { " " + $0 } ?? "")
    }
    if let sample, !text.contains(sample) { sentence += " (\(sample))" }
    return sentence
  }
}
