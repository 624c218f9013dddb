import FileAccess
import Foundation
import JSON
import Tensors
import TestSupport
import Testing

import Images

/// Pixels are those that TensorFlow decodes, and damaged files are errors.
@Suite struct ImageFileTests {
  private static let entries = (try? Golden.entries("pictures.json")) ?? []

  private static func file(_ entry: JSONValue) -> [UInt8]? {
    entry["file"]?.string.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
  }

  private func file(named name: String) throws -> [UInt8] {
    let entry = try #require(Self.entries.first { $0["name"]?.string == name })
    return try #require(Self.file(entry))
  }

  @Test func pixelsAreTensorFlows() throws {
    #expect(Self.entries.count > 20)
    for entry in Self.entries {
      guard let bytes = Self.file(entry) else { continue }
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      for member in entry["pixels"]?.object?.members ?? [] {
        let channels = try #require(Int(member.key))
        let wanted = try #require(member.value.tensor)
        let image = try ImageFile.image(bytes: bytes, channels: channels)
        #expect([image.height, image.width, image.channels] == wanted.shape.extents, label)
        let apart = zip(image.bytes, wanted.scalars).map { abs(Int($0) - Int($1)) }.max() ?? 0
        // Versions of libjpeg-turbo may round colours in other ways; PNG is exact but for the gray
        // of colours, which libpng rounds by a table.
        let isExact = bytes[0] == 0x89 && channels > 1
        #expect(apart <= (isExact ? 0 : 2), "\(label), \(channels) channels: \(apart)")
      }
    }
  }

  @Test func sizesChangeAsInTensorFlow() throws {
    let entry = try #require(Self.entries.first { $0["name"]?.string == "resized" })
    let source = try #require(entry["source"]?.tensor)
    let image = PixelImage(
      width: source.shape[1], height: source.shape[0], channels: 3,
      bytes: source.scalars.map { UInt8($0) })
    for size in entry["sizes"]?.array ?? [] {
      let extents = (size["size"]?.array ?? []).compactMap(\.int)
      let wanted = try #require(size["result"]?.tensor)
      let found = image.resized(width: extents[1], height: extents[0])
      #expect(deviation(found, wanted.scalars) < 1e-5, "\(extents)")
    }
  }

  @Test func everyCutIsAnError() throws {
    for name in ["colour_8", "palette_4", "interlaced_colour", "jpeg", "jpeg_progressive"] {
      let whole = try file(named: name)
      for count in stride(from: 0, to: whole.count - 2, by: 7) {
        // A JPEG without its last bytes may still hold every row.
        if name.hasPrefix("jpeg"), count > whole.count * 3 / 4 { continue }
        #expect(throws: ImageProblem.self, "\(name), \(count) bytes") {
          try ImageFile.image(bytes: Array(whole.prefix(count)), channels: 3)
        }
      }
    }
  }

  @Test func damageIsAnErrorAndNeverATrap() throws {
    for entry in Self.entries {
      guard let whole = Self.file(entry) else { continue }
      for place in whole.indices {
        for change: UInt8 in [0x01, 0x80, 0xFF] {
          var bytes = whole
          bytes[place] ^= change
          _ = try? ImageFile.image(bytes: bytes, channels: 3)
        }
      }
    }
  }

  @Test func sizesThatNoMemoryHoldsAreRefused() throws {
    var bytes = try file(named: "gray_8")
    // 2³¹ − 1 columns; then the checksum is wrong too, which is noticed first.
    bytes.replaceSubrange(16..<20, with: [0x7F, 0xFF, 0xFF, 0xFF])
    #expect(throws: ImageProblem.self) { try ImageFile.image(bytes: bytes, channels: 3) }
    #expect(throws: ImageProblem.tooLarge(width: 65_536, height: 1025, limit: 1 << 26)) {
      try ImageFile.check(width: 65_536, height: 1025)
    }
    #expect(throws: ImageProblem.self) { try ImageFile.check(width: 0, height: 5) }
    #expect(throws: ImageProblem.self) { try ImageFile.check(width: .max, height: .max) }
  }

  @Test func otherKindsAreNamed() {
    #expect(throws: ImageProblem.unknownKind("a GIF")) {
      try ImageFile.image(bytes: Array("GIF89a".utf8), channels: 3)
    }
    #expect(throws: ImageProblem.unknownKind(nil)) {
      try ImageFile.image(bytes: [], channels: 3)
    }
  }

  @Test func errorsHaveFourParts() {
    let error = InputError(ImageProblem.cutShort, in: "cats/1.png")
    #expect(
      error.description == "cats/1.png: the image ends before its last row. The file is damaged; "
        + "copy or download it again, or take it out of the folder.")
  }
}
