import Archives
import FileAccess
import Foundation
import TestSupport
import Testing

/// Archives that NumPy packed with deflate, whole and damaged.
@Suite struct PackedArchiveTests {
  static func sample() throws -> [UInt8] {
    let path = Fixtures.samples.appending(path: "named.npz").path(percentEncoded: false)
    return try ReadableFile(path: path).allBytes(limit: 1 << 20)
  }

  @Test func readsWhatNumPyPacked() throws {
    let archive = try ZipArchiveTests.open(Self.sample())
    #expect(archive.entries.count == 4)
    for entry in archive.entries {
      let bytes = try archive.read(entry)
      #expect(bytes.count == entry.size)
      #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8)))
    }
  }

  @Test func sizesThatDifferFromTheStreamAreRefused() throws {
    let bytes = try Self.sample()
    let archive = try ZipArchiveTests.open(bytes)
    let entry = try #require(archive.entries.first)
    for size in [entry.size - 1, entry.size + 1, 1] {
      // The size stands in the member's header, as ZIP64 or not, and in the directory.
      var changed = bytes
      for field in Self.places(of: entry.size, in: bytes) {
        for index in 0..<4 { changed[field + index] = UInt8(size >> (8 * index) & 0xFF) }
      }
      guard case .wrongSize(entry.name, _, size) = ZipArchiveTests.problem(changed) else {
        Issue.record("\(size): \(String(describing: ZipArchiveTests.problem(changed)))")
        continue
      }
    }
  }

  /// Where a number of 32 bits stands.
  static func places(of number: Int, in bytes: [UInt8]) -> [Int] {
    let pattern = (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) }
    return (0...bytes.count - 4).filter { bytes[$0..<$0 + 4].elementsEqual(pattern) }
  }

  @Test func membersBeyondTheLimitAreNotUnpacked() throws {
    let archive = try ZipArchiveTests.open(Self.sample())
    let entry = try #require(archive.entries.first)
    #expect {
      try archive.read(entry.name, limit: entry.size - 1)
    } throws: { error in
      "\(error)".contains(entry.name) && "\(error)".contains("\(entry.size) bytes")
    }
  }
}
