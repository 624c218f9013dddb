import Foundation

/// Reads one input after the other in a process of its own, and leaves the number of the input at hand
/// where the watcher sees it even after a crash.
struct Worker {
  let reader: Reader
  let samples: String
  let seed: UInt64

  func run(from first: UInt64, counterPath: String) throws {
    Self.limit(RLIMIT_AS, to: memoryLimit)
    // No core files: they are as large as the limit.
    Self.limit(RLIMIT_CORE, to: 0)
    let descriptor = open(counterPath, O_RDWR)
    guard descriptor >= 0,
      let memory = mmap(nil, 16, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      memory != MAP_FAILED
    else { exit(73) }
    let counters = memory.assumingMemoryBound(to: UInt64.self)
    let corpus = try Corpus(reader: reader, samples: samples, seed: seed)
    var number = first
    while true {
      counters[0] = number
      let input = corpus.input(number)
      do {
        try reader.read(input)
        counters[1] += 1
      } catch {
        // The message is part of what must not fail.
        _ = "\(error)".utf8.count
      }
      number += 1
    }
  }

  #if canImport(Darwin)
    private static func limit(_ resource: Int32, to value: rlim_t) {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      setrlimit(resource, &limit)
    }
  #else
    private static func limit(_ resource: __rlimit_resource, to value: rlim_t) {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  #endif
}
