import Archives
import CaseFile
import Datasets
import FileAccess
import Foundation
import Tensors
import Testing

/// Rows that stay in their files are those that would be held in memory, and so are all facts.
@Suite struct StreamedDataTests {
  static let descriptors = [
    "|b1", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8",
    "<u8",
    ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8",
  ]

  /// A file that is gone with the test.
  final class File {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).npy").path
    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
    func shorten(to count: Int) throws {
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.truncate(atOffset: UInt64(count))
      try handle.close()
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  static func npy(_ descriptor: String, _ shape: [Int], seed: UInt64) -> [UInt8] {
    let size = Int(String(descriptor.last ?? "1")) ?? 1
    let count = shape.reduce(1, *) * size
    let words = RandomNumbers(seed: seed, purpose: .probing).words(count / 4 + 1)
    let body = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    let extents = shape.map { "\($0)," }.joined()
    return NPYArrayTests.npy(
      NPYArrayTests.header(descriptor, "(\(extents))"), Array(body.prefix(count)))
  }

  static func bits(_ tensor: Tensor) -> [UInt32] { tensor.scalars.map(\.bitPattern) }

  @Test(arguments: descriptors, [[300, 7], [300], [50, 3, 4], [3, 90_000]])
  func rowsInAFileAreThoseInMemory(_ descriptor: String, _ shape: [Int]) throws {
    let file = try File(Self.npy(descriptor, shape, seed: 5))
    let held = try SourceArray(NPYArray(path: file.path)).rowSource
    let array = try NPYArray(path: file.path, largestInMemory: 0)
    #expect(!array.isInMemory && (held is Tensor))
    let read = try SourceArray(array).rowSource
    #expect(!(read is Tensor) && read.shape == held.shape)
    #expect(Self.bits(try read.tensor()) == Self.bits(try held.tensor()))
    let last = shape[0] - 1
    let numbers = shape[0] == 3 ? [2, 0, 1, 1] : [17, 18, 19, 3, 3, last, 0, 1, last - 1]
    #expect(
      Self.bits(try read.tensor(ofRows: numbers)) == Self.bits(try held.tensor(ofRows: numbers)))
    // Parts of parts, and of other shapes.
    let parts = [read, held].map { $0.slice(1..<last + 1).slice(1..<last) }
    #expect(parts[0].shape == parts[1].shape && parts[0].rowCount == last - 1)
    let places = Array((0..<parts[0].rowCount).reversed().prefix(5))
    #expect(
      Self.bits(try parts[0].tensor(ofRows: places))
        == Self.bits(try held.tensor(ofRows: places.map { $0 + 2 })))
    #expect(Self.bits(try parts[0].tensor()) == Self.bits(try parts[1].tensor()))
  }

  /// An archive with a large table of integers, floats with faults, labels, weights and validation data.
  static func archive(_ descriptor: String) throws -> ZipArchive {
    var writer = ZipWriter()
    for (name, shape) in [
      ("x0", [400, 5]), ("x1", [400, 2, 3]), ("x0_val", [120, 5]), ("x1_val", [120, 2, 3]),
    ] {
      writer.add(name + ".npy", npy(descriptor, shape, seed: UInt64(shape[0] + shape.count)))
    }
    for (name, rows) in [("y", 400), ("y_val", 120)] {
      writer.add(
        name + ".npy",
        NPYArrayTests.npy(
          NPYArrayTests.header("|u1", "(\(rows),)"), (0..<rows).map { UInt8($0 * $0 % 7) }))
    }
    writer.add("sample_weight.npy", npy("<u2", [400], seed: 8))
    return try ZipArchive(ReadableFile(bytes: writer.archive(), name: "data.npz"))
  }

  @Test(arguments: descriptors)
  func factsAreThoseOfDataInMemory(_ descriptor: String) throws {
    let archive = try Self.archive(descriptor)
    let held = try DataSet(npz: archive)
    let read = try DataSet(npz: archive, largestInMemory: 0)
    #expect(held.inputs.allSatisfy { $0 is Tensor })
    #expect(!read.inputs.contains { $0 is Tensor } && !(read.targets is Tensor))
    #expect(held.facts == read.facts || "\(held.facts)" == "\(read.facts)")
    #expect(read.facts.samples != nil && read.facts.repetition != nil)
    let histograms = try [held, read].map {
      try ColumnHistogram.standingOut(of: $0.inputs, facts: $0.facts.features)
    }
    #expect(histograms[0] == histograms[1])
  }

  /// A value far outside is found in blocks as in one piece, in a table of more than one block.
  @Test func extremeRowsAreFoundInBlocks() throws {
    let rows = 60_000
    var numbers = RandomNumbers(seed: 2, purpose: .probing).normal(rows * 6)
    for row in [7, 31_000, 59_999] { numbers[row * 6 + 4] = 1e6 }
    let body = numbers.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    let file = try File(NPYArrayTests.npy(NPYArrayTests.header("<f4", "(\(rows), 6)"), body))
    for largest in [0, DataSet.largestInMemory] {
      let data = try DataSet(paths: [file.path], largestInMemory: largest)
      #expect(data.facts.features.first?.extremeRows == [7, 31_000, 59_999])
    }
  }

  @Test func aFileThatWasCutShortIsAnErrorOfFourParts() throws {
    let bytes = Self.npy("<f8", [200, 3], seed: 1)
    let file = try File(bytes)
    let rows = try SourceArray(NPYArray(path: file.path, largestInMemory: 0)).rowSource
    _ = try rows.tensor()
    try file.shorten(to: bytes.count - 24)
    #expect(throws: InputError.self) { try rows.tensor() }
    let error = #expect(throws: InputError.self) { try rows.tensor(ofRows: [5, 199]) }
    let text = "\(try #require(error))"
    #expect(text.contains(file.path) && text.contains("ends at byte \(bytes.count - 24)"))
    #expect(text.contains("copy or download it again"))
    _ = try rows.tensor(ofRows: [5, 198])
  }

  @Test func aBrokenMemberIsFoundBeforeItsRowsAreRead() throws {
    var writer = ZipWriter()
    writer.add("x.npy", Self.npy("<f4", [40, 2], seed: 1))
    var bytes = writer.archive()
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: "NUMPY".utf8) })
    bytes[place + 200] ^= 1
    let archive = try ZipArchive(ReadableFile(bytes: bytes, name: "data.npz"))
    for largest in [0, DataSet.largestInMemory] {
      let error = #expect(throws: InputError.self) {
        try DataSet(npz: archive, largestInMemory: largest)
      }
      #expect(error?.problem is ZipProblem)
    }
  }

  /// Columns first, strings and what is packed need the whole array, and are held.
  @Test func whatCannotBeReadByRowIsHeld() throws {
    let header = NPYArrayTests.header("|u1", "(2, 3)", fortran: true)
    let file = try File(NPYArrayTests.npy(header, [1, 4, 2, 5, 3, 6]))
    let array = try NPYArray(path: file.path, largestInMemory: 0)
    #expect(array.isInMemory)
    #expect(try array.floats() == [1, 2, 3, 4, 5, 6])
    // A single column is by rows too.
    let column = try File(
      NPYArrayTests.npy(NPYArrayTests.header("|u1", "(3, 1)", fortran: true), [1, 2, 3]))
    #expect(try !NPYArray(path: column.path, largestInMemory: 0).isInMemory)
    let words = try File(NPYArrayTests.npy(NPYArrayTests.header("|S2", "(2,)"), Array("aabb".utf8)))
    #expect(try NPYArray(path: words.path, largestInMemory: 0).texts() == ["aa", "bb"])
  }

  @Test func whatMemoryDoesNotHoldIsRefusedWithAWayOut() {
    #expect(throws: Never.self) {
      try MachineMemory.require(100, to: "hold it", advice: "", in: "x", available: 100)
    }
    let error = #expect(throws: InputError.self) {
      try MachineMemory.require(
        9_000_000_000, to: "hold it", advice: NPYArray.savingAdvice, in: "x.npz", at: ["array x"],
        available: 3_000_000_000)
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix("x.npz, array x: 9000 MB of memory are needed to hold it"))
    #expect(text.contains("where 3000 MB are left") && text.contains("numpy.save"))
  }
}
