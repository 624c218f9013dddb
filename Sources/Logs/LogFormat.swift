public import FileAccess

/// A kind of log file.
///
/// A format reads bytes that it did not write: whatever they hold, it answers with a log or an error.
protocol LogFormat: Sendable {
  /// What it is called in messages: `console output`.
  var name: String { get }
  /// Whether a text (or its beginning) is of this kind.
  func recognises(_ beginning: LogBeginning) -> Bool
  /// Reads a log.
  ///
  /// - Parameter name: how the user called it; some exports tell the series by their file's name.
  func read(_ bytes: [UInt8], name: String) throws(InputError) -> TrainingLog
}

/// All kinds of log files, the most particular first: the first one that recognises a file reads it.
enum LogFormats {
  static let all: [any LogFormat] = [
    EventFile(),
    JSONHistory(),
    TabularLog(),
    ConsoleOutput(),
  ]
}

/// The first bytes of a file, by which its kind is told.
public struct LogBeginning: Sendable {
  /// So many bytes decide: enough for the banner of a program before its first epoch.
  public static let size = 1 << 16

  /// The bytes, in UTF-8 if they are text.
  let bytes: [UInt8]
  /// Whether the file goes on after them.
  let isCut: Bool

  /// The beginning of bytes.
  public init(_ bytes: some Collection<UInt8>, isCut: Bool = false) {
    self.bytes = TextEncoding.utf8(Array(bytes.prefix(LogBeginning.size)))
    self.isCut = isCut || bytes.count > LogBeginning.size
  }

  /// The first byte that is no white space.
  var first: UInt8? { bytes.first { !$0.isASCIISpace } }

  /// The first line that is not empty.
  var firstLine: [UInt8] {
    for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 })
    where line.contains(where: { !$0.isASCIISpace }) {
      return Array(line)
    }
    return []
  }
}

extension TrainingLog {
  /// No log that people keep is larger.
  static let sizeLimit = 512 << 20

  /// Reads the log file at a path, whatever its kind.
  ///
  /// - Throws: ``InputError`` if it cannot be read or tells no loss.
  public init(path: String) throws(InputError) {
    try self.init(
      parsing: ReadableFile(path: path).allBytes(limit: TrainingLog.sizeLimit), of: path)
  }

  /// Reads a log, whatever its kind.
  ///
  /// - Throws: ``InputError`` if it tells no loss.
  public init(parsing bytes: [UInt8], of name: String) throws(InputError) {
    let text = TextEncoding.utf8(bytes)
    let beginning = LogBeginning(text)
    let format = LogFormats.all.first { $0.recognises(beginning) } ?? ConsoleOutput()
    self = try format.read(text, name: name)
    guard examined != nil else {
      throw InputError(LogProblem.noLosses(lines: unreadable.count), in: name)
    }
  }

  /// Whether a file with this beginning is a log of any kind.
  public static func recognises(_ beginning: LogBeginning) -> Bool {
    LogFormats.all.contains { $0.recognises(beginning) }
  }
}
