import Foundation

// Changes sample files at random and gives them to the readers. An error is a right answer; a trap, a
// hang, or memory without end is a failure: the input is kept, and the exit code is 1.
//
//   swift run -c release FuzzReaders --samples Tests/Samples --seconds 60 [--seed N] [--reader NAME]…
//       [--keep FOLDER]
//   swift run -c release FuzzReaders --reader NAME --input FILE      one input again

/// An input that takes longer hangs.
let hangLimit: TimeInterval = 10
/// More address space than this means that a reader believed what a file claims.
let memoryLimit: rlim_t = 3 << 30

var options: [String: [String]] = [:]
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst() {
  guard name.hasPrefix("--"), let value = arguments.popFirst() else {
    FileHandle.standardError.write(Data("unknown argument \(name)\n".utf8))
    exit(64)
  }
  options[String(name.dropFirst(2)), default: []].append(value)
}
let seed = options["seed"]?.last.flatMap(UInt64.init) ?? 1
let samples = options["samples"]?.last ?? "Tests/Samples"
// What the HDF5 library does with damaged files is its own affair: asked for by name only.
let names = options["reader"] ?? Reader.all.map(\.name).filter { $0 != "weights" }
let readers = Reader.all.filter { names.contains($0.name) }

if let file = options["input"]?.last, let reader = readers.first {
  let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
  do {
    try reader.read(bytes)
    print("read")
  } catch {
    print(error)
  }
} else if let counterPath = options["worker"]?.last, let reader = readers.first {
  try Worker(reader: reader, samples: samples, seed: seed).run(
    from: options["first"]?.last.flatMap(UInt64.init) ?? 0, counterPath: counterPath)
} else {
  let seconds = options["seconds"]?.last.flatMap(Double.init) ?? 60
  var failures = 0
  for reader in readers {
    failures += try Watcher(
      reader: reader, samples: samples, seed: seed, keep: options["keep"]?.last ?? "."
    ).run(seconds: seconds / Double(readers.count))
  }
  exit(failures == 0 ? 0 : 1)
}
