/// How much room text takes, estimated: there is no font to ask where a chart is drawn.
enum ChartText {
  /// The width of a letter of 12 units, on average over the fonts of the style sheet; a little
  /// generous, so that labels rather stand apart than overlap.
  static let letterWidth = 6.6

  static func width(_ text: String) -> Double { Double(text.count) * letterWidth }

  /// The text cut to a width, with an ellipsis where something is missing.
  static func cut(_ text: String, to width: Double) -> String {
    let count = max(1, Int(width / letterWidth))
    return text.count <= count ? text : text.prefix(count - 1) + "…"
  }
}
