import JSON
import TestSupport
import Testing

import Scripts

@Suite("Signatures of Keras' classes")
struct KerasSignaturesTests {
  @Test("are those that Keras has")
  func signatures() throws {
    let golden = try #require(try Golden.value("signatures.json").object)
    for (family, classes) in golden.members.map({ ($0.key, $0.value) }) {
      let known =
        family == "layers" ? KerasSignatures.layers : KerasSignatures.families[family] ?? [:]
      var wanted: [String: [String]] = [:]
      for member in classes.object?.members ?? [] {
        wanted[member.key] = member.value.array?.compactMap(\.string)
      }
      #expect(known == wanted, "\(family)")
    }
  }
}
