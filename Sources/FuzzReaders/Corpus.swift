import Archives
import FileAccess
import Foundation

/// The inputs that a reader begins with, and those made from them.
struct Corpus {
  private let reader: Reader
  private let seeds: [[UInt8]]
  /// For archives, the members of each.
  private let members: [[(name: String, bytes: [UInt8])]]
  private let seed: UInt64

  init(reader: Reader, samples: String, seed: UInt64) throws {
    self.reader = reader
    self.seed = seed
    var seeds = reader.texts.map { Array($0.utf8) }
    let names = try FileManager.default.subpathsOfDirectory(atPath: samples).sorted()
    for name in names where reader.endings.contains(where: { name.hasSuffix($0) }) {
      seeds.append(try ReadableFile(path: samples + "/" + name).allBytes(limit: 1 << 20))
    }
    // Configurations lie within models.
    if reader.name == "json" {
      for name in names where name.hasSuffix(".keras") {
        seeds.append(try ZipArchive(path: samples + "/" + name).read("config.json"))
      }
    }
    precondition(!seeds.isEmpty, "no samples for \(reader.name) in \(samples)")
    self.seeds = seeds
    members =
      reader.isArchive
      ? try seeds.map { seed in
        let archive = try ZipArchive(ReadableFile(bytes: seed, name: "sample"))
        return try archive.entries.map { ($0.name, try archive.read($0)) }
      } : []
  }

  /// The input with a number; the same number always gives the same input.
  func input(_ number: UInt64) -> [UInt8] {
    var mutation = Mutation(random: Randomness(seed: seed, number: number))
    let index = mutation.random.below(seeds.count)
    guard reader.isArchive else { return mutation.mutated(seeds[index], others: seeds) }
    var writer = ZipWriter()
    for member in members[index] {
      var bytes = member.bytes
      if !reader.kept.contains(member.name), mutation.random.below(3) > 0 {
        let others = members.flatMap { $0 }.filter { $0.name == member.name }.map(\.bytes)
        bytes = mutation.mutated(bytes, others: others)
      }
      writer.add(member.name, bytes)
    }
    return writer.archive()
  }
}
