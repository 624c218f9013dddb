import Foundation
import GRDB

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The file in which runs are kept: one SQLite database, readable with `sqlite3`.
///
/// It is written ahead (WAL), so readers never wait for writers, and a process that is killed in the
/// middle of a write leaves the file as it was before. Writers wait for each other.
public final class HistoryStore: Sendable {
  /// Where the file lies.
  public let path: String
  let pool: DatabasePool

  /// How long a writer waits for another one, in seconds; a write takes milliseconds.
  private static let patience = 5.0

  /// Opens a file, makes it if there is none, and brings an older one up to date.
  ///
  /// - Throws: SQLite's errors, and those of making the folder.
  public init(path: String) throws {
    self.path = path
    let folder = URL(filePath: path).deletingLastPathComponent()
    // The names of a user's files are nobody else's business.
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    pool = try DatabasePool(path: path, configuration: HistoryStore.configuration)
    try HistorySchema.migrator.migrate(pool)
    chmod(path, 0o600)
  }

  /// Opens a file to read; `nil` if there is none yet.
  public static func existing(path: String) throws -> HistoryStore? {
    FileManager.default.fileExists(atPath: path) ? try HistoryStore(path: path) : nil
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      // Safe against a killed process; a power cut may lose the last moments, never the file.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    return configuration
  }

  /// Where the history lies unless the user says otherwise.
  ///
  /// `DOWNHILL_HISTORY` names a file, or `off`; else it is `downhill/history.sqlite` in
  /// `XDG_DATA_HOME`, by default `~/.local/share`.
  ///
  /// - Parameter environment: the environment variables.
  /// - Returns: `nil` for none.
  public static func usualPath(environment: [String: String]) -> String? {
    if let named = environment["DOWNHILL_HISTORY"], !named.isEmpty {
      return named == "off" ? nil : named
    }
    // The standard of the variable: a path that is not absolute is to be ignored.
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      return data + "/downhill/history.sqlite"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/share/downhill/history.sqlite"
  }

  /// Whether the file is whole, in SQLite's words: `ok`, or what is wrong.
  public func integrity() throws -> String {
    try pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") ?? "no answer" }
  }

  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
