/// One element of an SVG document: a name, attributes, and a text or further elements inside.
///
/// Everything that is put in is escaped when it is written, so that names from files stay text.
struct SVGElement {
  var name: String
  var attributes: [(name: String, value: String)]
  var text: String?
  var children: [SVGElement]

  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String? = nil,
    children: [SVGElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.text = text
    self.children = children
  }

  /// The element as it stands in a document, a line an element.
  func document(indent: String = "") -> String {
    let inside = attributes.map { " \($0.name)=\"\(MarkupText.escaped($0.value))\"" }.joined()
    let head = "\(indent)<\(name)\(inside)"
    if let text { return "\(head)>\(MarkupText.escaped(text))</\(name)>\n" }
    guard !children.isEmpty else { return head + "/>\n" }
    return head + ">\n" + children.map { $0.document(indent: indent + " ") }.joined()
      + "\(indent)</\(name)>\n"
  }

  /// A coordinate with one decimal: a tenth of a unit is below what a screen shows.
  static func number(_ value: Double) -> String {
    let tenths = Int((min(max(value.isNaN ? 0 : value, -1e6), 1e6) * 10).rounded())
    let (whole, part) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (part == 0 ? "" : ".\(part)")
  }
}
