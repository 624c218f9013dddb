import JSON
import Testing

@Suite struct JSONParserTests {
  static let readable: [(String, JSONValue)] = [
    ("null", JSONValue.null), ("true", true), (" [1, 1.0, -2e3] ", [1, 1.0, -2000.0]),
    (#"{"a": {}, "b": []}"#, ["a": [:], "b": []]), (#""\u0041\ud83d\ude00\n\/""#, "A😀\n/"),
    ("-0", .int(0)), ("-0.0", .double(-0.0)), ("1e400", .double(.infinity)),
    ("9223372036854775807", .int(.max)), ("9223372036854775808", .double(0x1p63)),
    ("[Infinity, -Infinity]", [.double(.infinity), .double(-.infinity)]),
    (#"{"a": 1, "b": 2, "a": 3}"#, ["a": 3, "b": 2]), ("\u{FEFF}[]", []),
  ]

  @Test(arguments: readable)
  func reads(_ text: String, _ expected: JSONValue) throws {
    let value = try JSONValue(parsing: text)
    #expect(value == expected)
    // The order of the members counts as well.
    #expect(value.text() == expected.text())
  }

  @Test func readsNaN() throws {
    #expect(try JSONValue(parsing: "NaN").double?.isNaN == true)
  }

  static let unreadable: [(String, Int, Int)] = [
    ("", 1, 1), ("[1,]", 1, 4), ("{\"a\":1\n \"b\":2}", 2, 2), ("01", 1, 2), ("1.", 1, 3),
    (".5", 1, 1), ("+1", 1, 1), ("1e", 1, 3), ("nul", 1, 1), ("[1] 2", 1, 5), ("'a'", 1, 1),
    ("\"a\nb\"", 1, 3), (#""\x""#, 1, 3), (#""\ud800""#, 1, 8), (#""\udc00\ud800""#, 1, 8),
    ("{1: 2}", 1, 2), ("[", 1, 2), ("{\"a\"", 1, 5), ("\"a", 1, 3), ("--1", 1, 2), ("-", 1, 2),
    (#""\u12G4""#, 1, 6), ("-NaN", 1, 2),
  ]

  @Test(arguments: unreadable)
  func refuses(_ text: String, line: Int, column: Int) {
    do {
      let value = try JSONValue(parsing: text)
      Issue.record("\(text) was read as \(value)")
    } catch {
      #expect((error.line, error.column) == (line, column), "\(text): \(error)")
    }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0xED, 0xA0, 0x80]] {
      #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    }
  }

  @Test func refusesWhatIsNestedTooDeep() throws {
    let limits = JSONValue.Limits()
    let nested = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    _ = try JSONValue(parsing: nested(limits.depth))
    #expect(
      throws: JSONError(.tooDeep(limit: limits.depth), line: 1, column: limits.depth + 1)
    ) { try JSONValue(parsing: nested(limits.depth + 1)) }
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: String(repeating: #"{"a":"#, count: 1_000_000))
    }
  }

  @Test func refusesWhatIsTooLarge() {
    #expect(throws: JSONError(.tooLarge(bytes: 5, limit: 4), line: 1, column: 1)) {
      try JSONValue(parsing: "[1,2]", limits: JSONValue.Limits(bytes: 4))
    }
  }

  @Test func manyMembersTakeLinearTime() throws {
    let members = (0..<200_000).map { "\"k\($0)\": \($0)" }
    let value = try JSONValue(parsing: "{" + members.joined(separator: ",") + "}")
    #expect(value.object?.members.last?.value == 199_999)
  }
}
