import Charts
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  @Test("look as reviewed", arguments: SampleCharts.all.map(\.name))
  func snapshots(name: String) throws {
    let file = try #require(SampleCharts.all.first { $0.name == name }).file
    let difference = Snapshot.difference(of: file, from: "\(name).svg")
    #expect(difference == nil)
  }

  @Test(
    "are XML without scripts, with a title and a description",
    arguments: SampleCharts.all.map(\.name))
  func wellFormed(name: String) throws {
    let file = try #require(SampleCharts.all.first { $0.name == name }).file
    let reader = ElementReader()
    let parser = XMLParser(data: Data(file.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.names.first == "svg")
    #expect(reader.names.contains("title") && reader.names.contains("desc"))
    #expect(!reader.names.contains("script"))
    #expect(reader.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "href" && $0 != "style" })
    let forbidden = file.unicodeScalars.filter { $0 == "\u{1b}" || $0 == "\u{202e}" }
    #expect(forbidden.isEmpty)
  }

  @Test("stay within their picture, whatever the values")
  func bounds() throws {
    let extremes: [Double] = [0, 1, -1, 1e-300, 1e300, -1e308, 1e308, .infinity, -.infinity, .nan]
    for first in extremes {
      for second in extremes {
        for kind in [Scale.Kind.linear, .logarithmic, .automatic] {
          let chart = Chart(
            "t", description: "d", x: .counting("epoch"), y: Axis("y", kind: kind),
            marks: [Line(Point.counted([first, second, first]), tone: .first)])
          let numbers = chart.element(id: "a").matches(of: /points="([^"]*)"/)
            .flatMap { $0.1.split { $0 == " " || $0 == "," }.compactMap { Double($0) } }
          #expect(numbers.allSatisfy { (0...1000).contains($0) }, "\(first) \(second) \(kind)")
        }
      }
    }
  }
}

/// The names of the elements and attributes of a document.
private final class ElementReader: NSObject, XMLParserDelegate {
  var names: [String] = []
  var attributes: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    names.append(name)
    self.attributes += attributes.keys
  }
}
