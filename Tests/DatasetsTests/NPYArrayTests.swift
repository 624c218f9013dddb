import Datasets
import FileAccess
import Foundation
import Testing

@Suite struct NPYArrayTests {
  /// The bytes of an `.npy` file of version 1.
  static func npy(_ header: String, _ body: [UInt8], major: UInt8 = 1) -> [UInt8] {
    let text = Array((header + "\n").utf8)
    var bytes: [UInt8] = [0x93] + "NUMPY".utf8 + [major, 0]
    for index in 0..<(major == 1 ? 2 : 4) { bytes.append(UInt8(text.count >> (8 * index) & 255)) }
    return bytes + text + body
  }

  static func header(_ descriptor: String, _ shape: String, fortran: Bool = false) -> String {
    "{'descr': '\(descriptor)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
  }

  @Test(
    arguments: [
      ("|b1", [0, 1, 2], [0, 1, 1]), ("|i1", [0xFF, 2, 0x80], [-1, 2, -128]),
      ("|u1", [0xFF, 2, 0x80], [255, 2, 128]), ("<i2", [0xFE, 0xFF, 1, 0], [-2, 1]),
      (">i2", [0xFF, 0xFE, 0, 1], [-2, 1]), ("<u4", [1, 0, 0, 0x80], [0x8000_0001]),
      (">u8", [0, 0, 0, 1, 0, 0, 0, 0], [0x1_0000_0000]),
      ("<i8", [255, 255, 255, 255, 255, 255, 255, 255], [-1]),
      ("<f2", [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00], [1, -2, 0x1p-24]),
      ("<f4", [0, 0, 0x80, 0x3F], [1]), (">f8", [0xBF, 0xF0, 0, 0, 0, 0, 0, 0], [-1]),
    ] as [(String, [UInt8], [Double])])
  func readsEveryNumberType(_ descriptor: String, _ body: [UInt8], _ expected: [Double]) throws {
    for major: UInt8 in 1...3 {
      let array = try NPYArray(
        parsing: Self.npy(
          Self.header(descriptor, "(\(expected.count),)"), body, major: major))
      #expect(array.shape == [expected.count])
      #expect(try array.floats() == expected.map(Float.init))
    }
  }

  /// Plain floats are read from a file straight into their place, others by their bytes; both alike.
  @Test(
    arguments: [
      ("<f4", "(2, 3)", false), ("<f4", "(6,)", true), ("<f4", "(1, 6)", true),
      ("<f4", "(2, 3)", true), (">f4", "(2, 3)", false), ("<i4", "(2, 3)", false),
      ("<f4", "(0, 4)", false),
    ])
  func filesAreReadAsTheirBytes(_ descriptor: String, _ shape: String, _ fortran: Bool) throws {
    let body = shape == "(0, 4)" ? [] : (0..<24).map { UInt8($0 * 5) }
    let bytes = Self.npy(Self.header(descriptor, shape, fortran: fortran), body)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).npy")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let (read, parsed) = (try NPYArray(path: file.path), try NPYArray(parsing: bytes))
    #expect(read.shape == parsed.shape && read.elementType == parsed.elementType)
    #expect(try read.floats().map(\.bitPattern) == parsed.floats().map(\.bitPattern))
    try Data(bytes + [0]).write(to: file)
    let error = #expect(throws: InputError.self) { _ = try NPYArray(path: file.path) }
    #expect(error?.problem is NPYProblem)
  }

  @Test func readsFortranOrder() throws {
    let array = try NPYArray(
      parsing: Self.npy(Self.header("|u1", "(2, 3)", fortran: true), [1, 4, 2, 5, 3, 6]))
    #expect(try array.floats() == [1, 2, 3, 4, 5, 6])
    let cube = try NPYArray(
      parsing: Self.npy(Self.header("|u1", "(2, 2, 2)", fortran: true), [0, 1, 2, 3, 4, 5, 6, 7]))
    #expect(try cube.floats() == [0, 4, 2, 6, 1, 5, 3, 7])
  }

  @Test func readsStrings() throws {
    let bytes = try NPYArray(
      parsing: Self.npy(Self.header("|S3", "(2,)"), Array("catox\0".utf8)))
    #expect(bytes.texts() == ["cat", "ox"])
    let wide = try NPYArray(
      parsing: Self.npy(Self.header("<U2", "(1,)"), [0xE9, 0, 0, 0, 0, 0, 0, 0]))
    #expect(wide.texts() == ["é"])
  }

  @Test func readsScalarsAndEmptyArrays() throws {
    #expect(try NPYArray(parsing: Self.npy(Self.header("|u1", "()"), [7])).floats() == [7])
    #expect(try NPYArray(parsing: Self.npy(Self.header("<f8", "(0, 3)"), [])).floats() == [])
  }

  static let halves: [(UInt16, Float)] = [
    (0x0000, 0), (0x8000, -0.0), (0x03FF, 1023 * 0x1p-24), (0x0400, 0x1p-14), (0x7BFF, 65504),
    (0x7C00, .infinity), (0xFC00, -.infinity), (0x3555, 0.333251953125),
  ]
  @Test(arguments: halves) func readsHalfPrecision(_ bits: UInt16, _ expected: Float) throws {
    let array = try NPYArray(
      parsing: Self.npy(
        Self.header("<f2", "(1,)"), [UInt8(bits & 255), UInt8(bits >> 8)]))
    #expect(try array.floats()[0].bitPattern == expected.bitPattern)
  }

  @Test func refusesObjectsAndSaysHowToSaveThemAgain() {
    for descriptor in ["|O", "O", "<O8"] {
      #expect(throws: NPYProblem.pickled) {
        try NPYArray(parsing: Self.npy(Self.header(descriptor, "(1,)"), [0x80, 4]))
      }
    }
    #expect(NPYProblem.pickled.advice.contains("numpy.save"))
  }

  @Test(arguments: ["<c8", "<M8[ns]", "|V4", "<f16", "<i3", "<f3", "|b2", "<U99999999", "", "<"])
  func refusesOtherTypes(_ descriptor: String) {
    #expect(throws: NPYProblem.unsupported(descriptor)) {
      try NPYArray(parsing: Self.npy(Self.header(descriptor, "(1,)"), []))
    }
  }

  @Test func refusesBodiesOfAnotherSize() {
    for count in [0, 3, 5] {
      #expect(
        throws: NPYProblem.size(shape: [4], type: "uint8", expected: 4, found: count)
      ) {
        try NPYArray(
          parsing: Self.npy(
            Self.header("|u1", "(4,)"), [UInt8](repeating: 0, count: count)))
      }
    }
  }

  @Test(arguments: [
    "(9223372036854775807, 2)", "(4611686018427387904, 4611686018427387904, 0)",
  ])
  func refusesShapesThatOverflow(_ shape: String) {
    #expect(throws: NPYProblem.self) {
      try NPYArray(parsing: Self.npy(Self.header("<f8", shape), []))
    }
  }

  @Test(arguments: [
    "", "{}", "{'descr': '<f8'}", "{'descr': '<f8', 'fortran_order': False, 'shape': (3)}",
    "{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} + x",
    "{'descr': '<\\x66', 'fortran_order': False, 'shape': (1,)}",
  ])
  func refusesOtherHeaders(_ header: String) {
    #expect(throws: NPYProblem.self) {
      try NPYArray(parsing: Self.npy(header, [0, 0, 0, 0, 0, 0, 0, 0]))
    }
  }
}
