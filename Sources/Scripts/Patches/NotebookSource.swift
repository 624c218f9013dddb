import JSON

/// The raw text of a notebook, of which the source of single cells is replaced and all else stays
/// byte for byte: outputs, ids and spacing are none of a patch's business.
struct NotebookSource {
  private let bytes: [UInt8]
  /// Where the source of each code cell stands, by the number of the cell from 1.
  private var places: [Int: Range<Int>] = [:]

  /// Finds the cells; their contents are known to be JSON.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let document = members(at: skippingSpace(0)) else { return }
    var cells = document["cells"]
    if cells == nil, let sheets = document["worksheets"], let first = elements(at: sheets).first {
      cells = members(at: first.lowerBound)?["cells"]
    }
    guard let cells else { return }
    for (index, cell) in elements(at: cells).enumerated() {
      guard let parts = members(at: cell.lowerBound), let source = parts["source"] ?? parts["input"]
      else { continue }
      places[index + 1] = source..<end(of: source)
    }
  }

  /// The notebook with other lines in some cells; `nil` where one of them is not found.
  func replacing(_ cells: [Int: String]) -> String? {
    var result: [UInt8] = []
    var place = 0
    for (cell, text) in cells.sorted(by: { $0.key < $1.key }) {
      guard let range = places[cell], range.lowerBound >= place else { return nil }
      result += bytes[place..<range.lowerBound]
      result += rendered(text, over: range)
      place = range.upperBound
    }
    result += bytes[place...]
    return String(decoding: result, as: UTF8.self)
  }

  /// A source in the way in which the old one is written: one text, or a list of lines.
  private func rendered(_ text: String, over range: Range<Int>) -> [UInt8] {
    guard bytes[range.lowerBound] == UInt8(ascii: "[") else {
      return Array(JSONValue.string(text).text().utf8)
    }
    let old = elements(at: range.lowerBound)
    let open = bytes[(range.lowerBound + 1)..<(old.first?.lowerBound ?? range.lowerBound + 1)]
    let between =
      old.count > 1
      ? Array(bytes[old[0].upperBound..<old[1].lowerBound]) : [UInt8(ascii: ",")] + open
    let close = bytes[(old.last?.upperBound ?? range.upperBound - 1)..<(range.upperBound - 1)]
    // Lines that stay keep their way of writing.
    var written: [String: ArraySlice<UInt8>] = [:]
    for element in old {
      if let line = try? JSONValue(parsing: Array(bytes[element])).string {
        written[line] = bytes[element]
      }
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    if var last = lines.popLast() {
      last.removeLast()
      if !last.isEmpty { lines.append(last) }
    }
    let literals = lines.map { line in
      written[String(line)].map(Array.init) ?? Array(JSONValue.string(String(line)).text().utf8)
    }
    return [UInt8(ascii: "[")] + open + literals.joined(separator: between) + close
      + [UInt8(ascii: "]")]
  }

  // MARK: JSON by place

  private func skippingSpace(_ start: Int) -> Int {
    var place = start
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    return place
  }

  /// The end of a value that begins at a place.
  private func end(of start: Int) -> Int {
    var (place, depth) = (start, 0)
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
          place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return place }
        depth -= 1
      case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
        if depth == 0 { return place }
      default: break
      }
      place += 1
      let closes = place <= bytes.count && [0x22, 0x5D, 0x7D].contains(bytes[place - 1])
      if depth == 0, closes { return min(place, bytes.count) }
    }
    return bytes.count
  }

  /// The values of an object by their keys, by the places where they begin.
  private func members(at start: Int) -> [String: Int]? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else { return nil }
    var found: [String: Int] = [:]
    var place = skippingSpace(start + 1)
    while place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
      let key = place..<end(of: place)
      place = skippingSpace(key.upperBound)
      guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else { return found }
      place = skippingSpace(place + 1)
      if let name = try? JSONValue(parsing: Array(bytes[key])).string { found[name] = place }
      place = skippingSpace(end(of: place))
      guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { return found }
      place = skippingSpace(place + 1)
    }
    return found
  }

  /// The elements of a list.
  private func elements(at start: Int) -> [Range<Int>] {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "[") else { return [] }
    var found: [Range<Int>] = []
    var place = skippingSpace(start + 1)
    while place < bytes.count, bytes[place] != UInt8(ascii: "]") {
      let last = end(of: place)
      guard last > place else { return found }
      found.append(place..<last)
      place = skippingSpace(last)
      guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { return found }
      place = skippingSpace(place + 1)
    }
    return found
  }
}
