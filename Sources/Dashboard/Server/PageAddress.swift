import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the page is to be found: a port, and a random word that nobody else knows.
///
/// Both are kept beside the history, readable by the user alone, so that a page which is open in a
/// browser goes on after the server was started anew.
public struct PageAddress: Codable, Hashable, Sendable {
  /// The port of 127.0.0.1; 0 for any that is free.
  public var port: UInt16
  /// The first part of every path.
  public let token: String

  /// An address with a new random word of 128 bits.
  public init(port: UInt16) {
    self.port = port
    var generator = SystemRandomNumberGenerator()
    token = (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The address that was kept in a file, or a new one.
  public init(keptAt path: String) {
    if let data = FileManager.default.contents(atPath: path),
      let kept = try? JSONDecoder().decode(PageAddress.self, from: data),
      kept.token.utf8.count == 32,
      kept.token.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
    {
      self = kept
    } else {
      self.init(port: 0)
    }
  }

  /// Where the address of a history's page is kept.
  public static func place(beside history: String) -> String { history + ".page" }

  /// Keeps the address for the next time; a disk that is full or read-only is no reason to fail.
  public func keep(at path: String) {
    guard let data = try? JSONEncoder().encode(self) else { return }
    _ = FileManager.default.createFile(
      atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    chmod(path, 0o600)
  }

  /// The address for a browser.
  public var url: String { "http://127.0.0.1:\(port)/\(token)/" }
}
