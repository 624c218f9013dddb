import Charts

/// A picture on a page, with the sentence that says what to see.
struct Figure {
  /// The `svg` element, given an id that is unique on the page.
  let element: (_ id: String) -> String
  /// What to see in it.
  let caption: String

  init(_ chart: Chart, caption: String) {
    element = { chart.element(id: $0) }
    self.caption = caption
  }

  init(_ chart: RowChart, caption: String) {
    element = { chart.element(id: $0) }
    self.caption = caption
  }

  /// The `figure` element.
  func html(id: String) -> String {
    "<figure>\n\(element(id))<figcaption>\(HTMLText.sentence(caption))</figcaption>\n</figure>\n"
  }

  /// Figures side by side where there is room.
  static func grid(_ figures: [Figure], prefix: String) -> String {
    guard !figures.isEmpty else { return "" }
    let inside = figures.enumerated().map { $0.element.html(id: "\(prefix)-\($0.offset + 1)") }
    return "<div class=\"figures\">\n" + inside.joined() + "</div>\n"
  }
}
