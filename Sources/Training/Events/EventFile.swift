import FileAccess
import Foundation

/// A file of events that grows as a run goes on, in the form that TensorBoard reads.
///
/// Each record is its length, the checksum of that, the event, and the checksum of the event
/// (`tensorflow/core/lib/io/record_writer.cc`).
final class EventFile: Sendable {
  /// The path of the file.
  let path: String

  /// Makes a file in a folder, which is made if it is missing.
  ///
  /// - Parameter time: Seconds since 1970.
  init(folder: String, time: Double) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let host = ProcessInfo.processInfo.hostName.filter {
      $0.isLetter || $0.isNumber || $0 == "." || $0 == "-"
    }
    let process = ProcessInfo.processInfo.processIdentifier
    let base = "\(folder)/events.out.tfevents.\(Int(time)).\(host).\(process)"
    var number = 0
    while FileManager.default.fileExists(atPath: "\(base).\(number).v2") { number += 1 }
    path = "\(base).\(number).v2"
    try Data().write(to: URL(filePath: path), options: .withoutOverwriting)
    var source = ProtobufMessage()
    source.set(1, to: "downhill")
    try append { event in
      event.set(1, to: time)
      event.set(3, to: "brain.Event:2")
      event.set(10, to: source)
    }
  }

  /// Adds events of one step.
  func write(_ summaries: [EventSummary], step: Int, time: Double) throws {
    for summary in summaries {
      var content = ProtobufMessage()
      content.set(1, to: summary.message)
      try append { event in
        event.set(1, to: time)
        event.set(2, to: step)
        event.set(5, to: content)
      }
    }
  }

  private func append(_ fill: (inout ProtobufMessage) -> Void) throws {
    var event = ProtobufMessage()
    fill(&event)
    let length = littleEndian(UInt64(event.bytes.count))
    let record =
      length + littleEndian(CRC32C.masked(length)) + event.bytes
      + littleEndian(CRC32C.masked(event.bytes))
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(record))
  }
}
