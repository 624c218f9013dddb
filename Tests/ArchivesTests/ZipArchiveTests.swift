import Archives
import FileAccess
import Testing

@Suite struct ZipArchiveTests {
  /// An archive of two small stored members, to be damaged.
  static func sample() -> [UInt8] {
    var writer = ZipWriter()
    writer.add("a.txt", Array("first".utf8))
    writer.add("b/ü.txt", Array("second member".utf8))
    return writer.archive()
  }

  static func open(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(ReadableFile(bytes: bytes, name: "test.zip"))
  }

  @Test func readsWhatWasWritten() throws {
    let archive = try Self.open(Self.sample())
    #expect(archive.entries.map(\.name) == ["a.txt", "b/ü.txt"])
    #expect(try archive.read("a.txt") == Array("first".utf8))
    #expect(try archive.read("b/ü.txt") == Array("second member".utf8))
    #expect(throws: InputError.self) { try archive.read("c") }
  }

  @Test func anEmptyArchiveHasNoMembers() throws {
    #expect(try Self.open(ZipWriter().archive()).entries.isEmpty)
  }

  @Test func sameMembersGiveSameBytes() { #expect(Self.sample() == Self.sample()) }

  @Test func manyMembersTakeZIP64() throws {
    var writer = ZipWriter()
    for number in 0..<65_535 { writer.add("\(number)", []) }
    let archive = try Self.open(writer.archive())
    #expect(archive.entries.count == 65_535)
    #expect(archive.entries.last?.name == "65534")
  }

  /// The problem that opening and reading every member meets.
  static func problem(_ bytes: [UInt8]) -> ZipProblem? {
    do {
      let archive = try open(bytes)
      for entry in archive.entries { _ = try archive.read(entry) }
      return nil
    } catch {
      return (error as? InputError)?.problem as? ZipProblem
    }
  }

  /// The sample with the bytes at the n-th occurrence of a pattern changed.
  static func damaged(_ pattern: String, to replacement: String, all: Bool = true) -> [UInt8] {
    var bytes = sample()
    let (old, new) = (Array(pattern.utf8), Array(replacement.utf8))
    var place = 0
    while place + old.count <= bytes.count {
      if bytes[place..<place + old.count].elementsEqual(old) {
        bytes.replaceSubrange(place..<place + old.count, with: new)
        if !all { break }
      }
      place += 1
    }
    return bytes
  }

  @Test(arguments: ["../.a", "/.txt", "..\\.t", "C:\\.t", "a/../", "\0.txt"])
  func refusesNamesThatLeadOut(_ name: String) {
    let bytes = Self.damaged("a.txt", to: String(name.prefix(5)))
    guard case .unsafeName = Self.problem(bytes) else {
      Issue.record("\(name): \(String(describing: Self.problem(bytes)))")
      return
    }
  }

  @Test func refusesHeadersThatContradictTheDirectory() {
    guard case .malformed = Self.problem(Self.damaged("a.txt", to: "c.txt", all: false)) else {
      Issue.record("accepted")
      return
    }
  }

  @Test func refusesWrongChecksums() {
    #expect(
      Self.problem(Self.damaged("first", to: "fIrst")) == .wrongChecksum("a.txt", size: 5))
  }

  @Test func refusesDuplicates() {
    var writer = ZipWriter()
    writer.add("x", [1])
    writer.add("y", [2])
    let bytes = writer.archive().map { $0 == UInt8(ascii: "y") ? UInt8(ascii: "x") : $0 }
    #expect(Self.problem(bytes) == .duplicate("x"))
  }

  @Test func refusesLinksEncryptionAndUnknownMethods() {
    // Where the directory's entry of the first member begins: behind both members.
    let directory = 30 + 5 + 5 + 30 + 8 + 13
    var link = Self.sample()
    link[directory + 41] = 0xA1
    #expect(Self.problem(link) == .link("a.txt"))
    var encrypted = Self.sample()
    encrypted[directory + 8] |= 1
    #expect(Self.problem(encrypted) == .encrypted("a.txt"))
    var packed = Self.sample()
    packed[directory + 10] = 12
    #expect(Self.problem(packed) == .unknownMethod("a.txt", 12))
  }

  @Test func refusesOverlappingMembers() {
    // The second entry is made to point at the first member's header under the first's name.
    let directory = 30 + 5 + 5 + 30 + 8 + 13
    var bytes = Self.sample()
    bytes[directory + 46 + 5 + 42] = 0
    guard let problem = Self.problem(bytes) else {
      Issue.record("accepted")
      return
    }
    switch problem {
    case .overlap, .malformed: break
    default: Issue.record("\(problem)")
    }
  }

  @Test func refusesMembersThatClaimMoreThanTheLimit() {
    let directory = 30 + 5 + 5 + 30 + 8 + 13
    var bytes = Self.sample()
    // Compressed and unpacked size of nearly 4 GiB, in a file of some hundred bytes.
    for field in [20, 24] {
      for index in 0..<4 { bytes[directory + field + index] = index == 0 ? 0xFE : 0xFF }
    }
    guard case .bomb(let unpacked, let archive, 100) = Self.problem(bytes) else {
      Issue.record("\(String(describing: Self.problem(bytes)))")
      return
    }
    #expect(unpacked == 0xFFFF_FFFE + 13)
    #expect(archive == bytes.count)
  }

  @Test func everyTruncationIsAnError() {
    let bytes = Self.sample()
    for count in 0..<bytes.count {
      #expect(Self.problem(Array(bytes[..<count])) != nil, "\(count)")
    }
  }

  @Test func everyChangedByteIsReadOrRefused() {
    let bytes = Self.sample()
    for place in bytes.indices {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[place] = value
        _ = Self.problem(changed)
      }
    }
  }
}
