/// The `svg` element around what a chart draws: its size, its title, its description.
struct Drawing {
  let id: String
  let title: String
  let description: String
  let size: (width: Double, height: Double)
  let elements: [SVGElement]

  /// - Parameter isFile: whether it stands alone, and so needs a namespace, a style and a ground.
  func document(isFile: Bool) -> String {
    let (width, height) = (SVGElement.number(size.width), SVGElement.number(size.height))
    var root = SVGElement(
      "svg",
      [
        "class": "chart", "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        "role": "img", "aria-labelledby": "\(id)-title \(id)-desc",
      ])
    root.children = [
      SVGElement("title", ["id": "\(id)-title"], text: title),
      SVGElement("desc", ["id": "\(id)-desc"], text: description),
    ]
    if isFile {
      root.attributes.insert((name: "xmlns", value: "http://www.w3.org/2000/svg"), at: 0)
      root.children.append(SVGElement("style", text: ChartStyle.sheet + ChartStyle.paper))
      root.children.append(
        SVGElement("rect", ["class": "paper", "width": "100%", "height": "100%", "rx": "6"]))
    }
    root.children.append(
      SVGElement("text", ["class": "name", "x": "8", "y": "16"], text: title))
    root.children += elements
    return root.document()
  }
}
