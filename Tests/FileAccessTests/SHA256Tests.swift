import CDigests
import FileAccess
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// From FIPS 180-4's examples, and lengths around the block of 64 bytes (Python's hashlib).
  @Test(
    "is that of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
      ),
      (
        String(repeating: "a", count: 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
      ),
      (
        String(repeating: "a", count: 1000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func standard(text: String, expected: String) {
    var hash = SHA256()
    hash.update(Array(text.utf8))
    #expect(hash.finished() == expected)
    var piecewise = SHA256()
    for byte in text.utf8 { piecewise.update([byte]) }
    #expect(piecewise.finished() == expected)
  }

  /// The instructions of the processor, where it has them, do what the standard's formulas say.
  @Test("is the same by instructions made for it and without")
  func instructions() {
    for blocks in [0, 1, 2, 33] {
      let bytes = (0..<64 * blocks).map { UInt8(truncatingIfNeeded: $0 * $0 * 131 + $0 >> 7) }
      var states = [[UInt32]](repeating: (1...8).map { $0 &* 0x9E37_79B9 }, count: 2)
      dh_sha256_blocks(&states[0], bytes, blocks)
      dh_sha256_blocks_portable(&states[1], bytes, blocks)
      #expect(states[0] == states[1])
    }
  }
}
