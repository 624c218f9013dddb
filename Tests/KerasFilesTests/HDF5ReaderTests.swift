import FileAccess
import Foundation
import KerasFiles
import TestSupport
import Testing

@Suite struct HDF5ReaderTests {
  static func image(_ name: String) throws -> [UInt8] {
    let path = Fixtures.samples.appending(path: "hostile/\(name).h5").path(percentEncoded: false)
    return try ReadableFile(path: path).allBytes(limit: 1 << 20)
  }

  static let refused: [(String, @Sendable (HDF5Problem) -> Bool)] = [
    ("soft-link", { $0 == .link("b") }),
    ("external-link", { $0 == .link("b") }),
    ("external-storage", { $0 == .outsideStorage("a", "in another file") }),
    // Some versions of the library do not open a virtual dataset of a file in memory at all.
    (
      "virtual",
      { [.outsideStorage("v", "in other datasets"), .unreadable("v")].contains($0) }
    ),
    ("cycle", { $0 == .cycle("g/again") }),
    ("twice", { $0 == .cycle("b") }),
    ("huge-shape", { if case .shape("a", [1 << 20, 1 << 20], _) = $0 { true } else { false } }),
    ("unwritten", { if case .shape("a", _, stored: 0) = $0 { true } else { false } }),
    ("text", { $0 == .elements("a") }),
    ("filter", { if case .outsideStorage("a", _) = $0 { true } else { false } }),
    ("deep", { $0 == .tooDeep(limit: HDF5Reader.Limit.depth) }),
  ]

  @Test(arguments: refused.indices) func refusesByKind(_ number: Int) throws {
    let (name, isExpected) = Self.refused[number]
    let image = try Self.image(name)
    do {
      let arrays = try HDF5Reader.read(image).arrays
      Issue.record("\(name) was read: \(arrays.keys)")
    } catch {
      #expect(isExpected(error), "\(name): \(error.finding)")
    }
  }

  @Test func readsOtherWaysOfStoringNumbers() throws {
    let arrays = try HDF5Reader.read(Self.image("packed-legal")).arrays
    #expect(arrays["gzip"]?.scalars == (0..<100).map(Float.init))
    #expect(arrays["gzip"]?.dtype == "float64")
    #expect(arrays["big"]?.scalars == [0, 1, 2])
    #expect(arrays["half"]?.scalars == [0, 1, 2])
    #expect(arrays["half"]?.dtype == "float16")
    #expect(arrays["ints"]?.integers == [1 << 62, -5])
    #expect(arrays["none"]?.shape == [0, 3])
  }

  @Test func whatIsCutShortIsRefusedBeforeItIsOpened() throws {
    let image = try Self.image("packed-legal")
    for count in [0, 8, 47, 48, 100, image.count - 1] {
      #expect(throws: HDF5Problem.self) { try HDF5Reader.read(Array(image[..<count])) }
    }
    #expect(throws: HDF5Problem.cutShort(expected: image.count, found: image.count - 1)) {
      try HDF5Reader.read(Array(image.dropLast()))
    }
  }
}
