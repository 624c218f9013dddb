import JSON
import Testing

@Suite struct JSONWriterTests {
  @Test(arguments: [
    (1.0, "1.0"), (1e-7, "1e-07"), (0.001, "0.001"), (1e16, "1e+16"), (-0.0, "-0.0"),
    (0.0010000000474974513, "0.0010000000474974513"),
  ])
  func numbersKeepPointOrExponent(_ number: Double, _ text: String) throws {
    #expect(JSONValue.double(number).text() == text)
    #expect(try JSONValue(parsing: text) == .double(number))
  }

  @Test func everyFiniteNumberReadsBackAsItself() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let back = try JSONValue(parsing: JSONValue.double(number).text())
      #expect(back == .double(number), "\(number)")
    }
  }

  @Test func nonFiniteNumbersAreWrittenAsAsked() {
    let value: JSONValue = [.double(.nan), .double(.infinity), .double(-.infinity)]
    #expect(value.text(nonFinite: .python) == "[NaN, Infinity, -Infinity]")
    #expect(value.text(nonFinite: .strings) == #"["NaN", "Infinity", "-Infinity"]"#)
  }

  @Test func textsAreEscaped() throws {
    let text = "\"\\\n\r\t\u{0}\u{1b}\u{7f}é😀/"
    let written = JSONValue.string(text).text()
    #expect(written == #""\"\\\n\r\t\u0000\u001b\u007fé😀/""#)
    #expect(try JSONValue(parsing: written) == .string(text))
  }

  @Test func layouts() throws {
    let value: JSONValue = [
      "shape": [.null, 4], "empty": [:], "none": [], "rows": [["a": 1], ["b": 2.0]],
    ]
    #expect(
      value.text()
        == #"{"shape": [null, 4], "empty": {}, "none": [], "rows": [{"a": 1}, {"b": 2.0}]}"#)
    let pretty = value.text(.pretty)
    #expect(
      pretty == """
        {
          "shape": [null, 4],
          "empty": {},
          "none": [],
          "rows": [
            {
              "a": 1
            },
            {
              "b": 2.0
            }
          ]
        }
        """)
    #expect(try JSONValue(parsing: pretty) == value)
  }
}
