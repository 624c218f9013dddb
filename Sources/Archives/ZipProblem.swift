public import FileAccess

/// Why a ZIP archive is refused.
public enum ZipProblem: InputProblem, Hashable {
  /// There is no directory at its end: no ZIP archive, or one that was cut short.
  case noDirectory(size: Int)
  /// The directory contradicts itself or the file; what was found.
  case malformed(String)
  /// It is split over several files.
  case severalDisks
  /// More members than are accepted.
  case tooManyEntries(Int, limit: Int)
  /// Two members of the same name.
  case duplicate(String)
  /// Two members share bytes.
  case overlap(String, String)
  /// A name that leads out of its folder, is absolute, or holds characters that no name should.
  case unsafeName(String)
  /// A symbolic link.
  case link(String)
  /// A member that needs a password.
  case encrypted(String)
  /// A member packed with a method other than deflate.
  case unknownMethod(String, Int)
  /// A member larger than is accepted.
  case memberTooLarge(String, size: Int, limit: Int)
  /// All members together unpack to far more than the archive holds.
  case bomb(unpacked: Int, archive: Int, limit: Int)
  /// There is no member of this name.
  case missing(String)
  /// The checksum of a member does not fit its bytes.
  case wrongChecksum(String, size: Int)
  /// A member's packed bytes are broken, or are not as many as the directory says.
  case wrongSize(String, found: Int, expected: Int)
  /// A member's packed bytes are no deflate stream.
  case brokenStream(String)

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .noDirectory(let size): "no ZIP directory at the end of its \(size) bytes"
    case .malformed(let text): text
    case .severalDisks: "an archive that is split over several files"
    case .tooManyEntries(let count, let limit):
      "\(count) members, where at most \(limit) are accepted"
    case .duplicate(let name): "two members named \(name)"
    case .overlap(let first, let second): "the members \(first) and \(second) share bytes"
    case .unsafeName(let name): "the member name \(name) leads out of the archive"
    case .link(let name): "the member \(name) is a symbolic link"
    case .encrypted(let name): "the member \(name) is encrypted"
    case .unknownMethod(let name, let method):
      "the member \(name) is packed with method \(method); only stored (0) and deflate (8) are read"
    case .memberTooLarge(let name, let size, let limit):
      "the member \(name) has \(size) bytes, where at most \(limit) are accepted"
    case .bomb(let unpacked, let archive, let limit):
      "its members unpack to \(unpacked) bytes, more than \(limit) times the archive's \(archive)"
    case .missing(let name): "there is no member \(name)"
    case .wrongChecksum(let name, let size):
      "the checksum of the member \(name) (\(size) bytes) does not fit its bytes"
    case .wrongSize(let name, let found, let expected):
      "the member \(name) unpacks to \(found) bytes or more, where the directory says \(expected)"
    case .brokenStream(let name): "the packed bytes of the member \(name) are broken"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .noDirectory, .malformed, .wrongChecksum, .wrongSize, .brokenStream:
      "The file was cut short or changed; copy or save it again."
    case .duplicate, .overlap, .unsafeName, .link, .bomb, .tooManyEntries:
      "Neither Keras nor NumPy writes such archives; do not use it unless you trust its origin."
    case .severalDisks, .encrypted, .unknownMethod:
      "Pack it again with plain deflate, or save again."
    case .memberTooLarge:
      "Save arrays of this size unpacked, so that rows are read as they are needed: "
        + "numpy.save(\"x.npy\", x)."
    case .missing: ""
    }
  }
}
