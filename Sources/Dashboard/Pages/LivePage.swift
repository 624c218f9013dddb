/// A page with a part that follows what happens.
protocol LivePage {
  /// What the title says.
  var title: String { get }
  /// What every path begins with.
  var base: String { get }
  /// Where changes are told, and where the live part is fetched anew; `nil` if it does not change.
  var source: (events: String, part: String)? { get }
  /// What stands above the live part.
  func top() throws -> String
  /// The live part.
  func live() throws -> String
}

extension LivePage {
  /// The whole page.
  func document() throws -> String {
    let attributes =
      source.map { source in
        " data-events=\"\(base)/\(source.events)\" data-part=\"\(base)/\(source.part)\""
      } ?? ""
    let body = try top() + "<div id=\"live\"\(attributes)>\n" + live() + "</div>\n"
    return PageFrame.document(title: title, base: base, body: body)
  }
}
