public import FileAccess

/// A ZIP archive opened for reading, its directory checked as a whole before any member is read.
///
/// Nothing is ever extracted to disk. Archives with members that overlap, occur twice, lead out of
/// their folder or are links are refused, and so are those that would unpack to far more than they
/// hold.
public struct ZipArchive: Sendable {
  /// One member.
  public struct Entry: Hashable, Sendable {
    /// Its name, folders separated by `/`.
    public let name: String
    /// How many bytes it has once unpacked.
    public let size: Int
    /// How many bytes it takes in the archive.
    public let storedSize: Int
    /// How it is packed: 0 not at all, 8 with deflate; no other method is read.
    let method: Int
    let checksum: UInt32
    /// Where its local header begins.
    let headerOffset: Int
    /// Where its bytes begin.
    var dataOffset = 0
    let flags: Int
  }

  /// What is accepted at most.
  public enum Limit {
    /// Bytes of one member in memory: beyond this neither Keras nor we have a use for it in one piece.
    public static let memberSize = 4 << 30
    /// Unpacked bytes for each byte of the archive. Deflate reaches 1032 at most; weights and
    /// measured data stay below 20.
    public static let ratio = 100
    /// Below this many unpacked bytes in all the ratio does not matter: any machine can hold them,
    /// and tables of zeros and ones do pack that well.
    public static let harmlessSize = 256 << 20
    /// Members: a model has a handful, an .npz of arrays some dozens.
    public static let entryCount = 65_535
    /// Bytes of a configuration.
    public static let configurationSize = 256 << 20
  }

  /// The bytes of the archive.
  public let file: ReadableFile
  /// The members in the order of the directory.
  public let entries: [Entry]
  private let places: [String: Int]

  /// Opens an archive and checks its directory.
  ///
  /// - Throws: ``InputError`` with a ``ZipProblem`` that names member and sizes.
  public init(path: String) throws(InputError) {
    try self.init(ReadableFile(path: path))
  }

  /// Opens an archive in memory or in a file that is open.
  ///
  /// - Throws: ``InputError`` with a ``ZipProblem`` that names member and sizes.
  public init(_ file: ReadableFile) throws(InputError) {
    let directory = try ZipDirectory(of: file)
    self.file = file
    entries = directory.entries
    places = Dictionary(
      directory.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The member of this name.
  public func entry(named name: String) -> Entry? { places[name].map { entries[$0] } }
}
