import Foundation
import TestSupport
import Testing

/// The built program, run as users run it.
struct Executable {
  /// What it wrote to its standard output.
  var output: String
  /// What it wrote to its standard error.
  var messages: String
  /// Its exit code.
  var status: Int32

  /// Where it lies: beside the tests, which are built with it.
  static let place: URL = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "downhill")
    let usual = Fixtures.project.appending(path: ".build/release/downhill")
    return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : usual
  }()

  /// Runs `downhill` to its end.
  ///
  /// - Parameters:
  ///   - arguments: the command line.
  ///   - environment: variables beside those of the test, which are a plain UTF-8 terminal's.
  ///   - folder: the working folder.
  ///   - input: what it reads from its standard input; nothing if `nil`.
  ///   - sign: once its output holds this, it gets Ctrl-C; `nil` for none.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil,
    input: String? = nil,
    interruptedOnceSaying sign: String? = nil
  ) throws -> Executable {
    let process = Process()
    process.executableURL = place
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    variables["LC_ALL"] = "C.UTF-8"
    // Tests leave no trace in the history of whoever runs them.
    variables["DOWNHILL_HISTORY"] = "off"
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    // Files instead of pipes: none of the two can fill up while the other one is read.
    let scratch = try Scratch()
    let (out, err) = (scratch.url("out"), scratch.url("err"))
    for url in [out, err] { try Data().write(to: url) }
    let (outHandle, errHandle) = (
      try FileHandle(forWritingTo: out), try FileHandle(forWritingTo: err)
    )
    process.standardOutput = outHandle
    process.standardError = errHandle
    if let input {
      try Data(input.utf8).write(to: scratch.url("in"))
      process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    if let sign {
      while process.isRunning,
        !((try? String(contentsOf: out, encoding: .utf8)) ?? "").contains(sign)
      {
        Thread.sleep(forTimeInterval: 0.05)
      }
      process.interrupt()
    }
    process.waitUntilExit()
    return Executable(
      output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: err), as: UTF8.self),
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus)
  }
}

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch {
  /// The folder.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "downhill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A name in the folder.
  func url(_ name: String) -> URL { folder.appending(path: name) }

  /// A file in the folder.
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: url(name))
    return url(name).path
  }
}
