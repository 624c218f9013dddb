import Foundation

/// Keeps a worker running for a time, and starts the next one behind the input that ended it.
struct Watcher {
  let reader: Reader
  let samples: String
  let seed: UInt64
  let keep: String

  /// Runs workers; the result is how many inputs were failures.
  func run(seconds: Double) throws -> Int {
    let counterPath = FileManager.default.temporaryDirectory
      .appending(path: "fuzz-\(reader.name)-\(ProcessInfo.processInfo.processIdentifier)")
      .path(percentEncoded: false)
    try Data(count: 16).write(to: URL(filePath: counterPath))
    defer { try? FileManager.default.removeItem(atPath: counterPath) }
    func counters() -> [UInt64] {
      let data = (try? Data(contentsOf: URL(filePath: counterPath))) ?? Data(count: 16)
      return data.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
    }
    let end = Date(timeIntervalSinceNow: seconds)
    var first: UInt64 = 0
    var failures = 0
    while Date() < end {
      let process = Process()
      process.executableURL = Bundle.main.executableURL
      process.arguments = [
        "--worker", counterPath, "--reader", reader.name, "--samples", samples, "--seed",
        String(seed), "--first", String(first),
      ]
      let errors = FileManager.default.temporaryDirectory
        .appending(path: "fuzz-\(reader.name).stderr")
      _ = FileManager.default.createFile(atPath: errors.path(percentEncoded: false), contents: nil)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      var last = (number: first, since: Date())
      var isHanging = false
      while process.isRunning, Date() < end, !isHanging {
        Thread.sleep(forTimeInterval: 0.1)
        let number = counters()[0]
        if number != last.number { last = (number, Date()) }
        isHanging = Date().timeIntervalSince(last.since) > hangLimit
      }
      let ended = !process.isRunning
      if !ended { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      guard ended || isHanging else { break }
      let number = counters()[0]
      failures += 1
      let path = "\(keep)/\(reader.name)-\(seed)-\(number)"
      let corpus = try Corpus(reader: reader, samples: samples, seed: seed)
      try Data(corpus.input(number)).write(to: URL(filePath: path))
      let message = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      print("\(reader.name): \(isHanging ? "hang" : "crash"), input kept as \(path)")
      print(message.split(separator: "\n").prefix(3).joined(separator: "\n"))
      first = number + 1
    }
    let (number, accepted) = (counters()[0], counters()[1])
    print(
      "\(reader.name): \(number) inputs, \(accepted) of them accepted, \(failures) failures in "
        + "\(Int(seconds)) s (seed \(seed))")
    return failures
  }
}
