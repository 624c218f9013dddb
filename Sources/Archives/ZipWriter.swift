import CZlib

/// Puts members one after the other into a ZIP archive, unpacked (as Keras does: weights hardly
/// pack), with UTF-8 names, and ZIP64 figures where 32 bits are too few.
///
/// The same members give the same bytes: all carry the date 1 January 1980.
public struct ZipWriter: Sendable {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private var names = Set<String>()

  /// An archive without members.
  public init() {}

  /// Adds a member.
  ///
  /// - Precondition: no member has this name yet; the name has at most 65535 bytes.
  public mutating func add(_ name: String, _ content: [UInt8]) {
    precondition(names.insert(name).inserted, "two members named \(name)")
    let nameBytes = Array(name.utf8)
    precondition(nameBytes.count <= 0xFFFF, "a name of \(nameBytes.count) bytes")
    let checksum = content.withUnsafeBytes { buffer in
      Int(crc32_z(0, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count))
    }
    let offset = bytes.count
    let isLarge = content.count >= 0xFFFF_FFFF
    let isFar = offset >= 0xFFFF_FFFF
    let size = isLarge ? 0xFFFF_FFFF : content.count
    // Version 4.5 reads ZIP64, 2.0 the rest; flag 0x800: the name is UTF-8; method 0; the date.
    var common: [UInt8] = []
    common.append(isLarge || isFar ? 45 : 20, 2)
    common.append(0x800, 2)
    common.append(0, 2)
    common.append(0, 2)
    common.append(1 << 5 | 1, 2)
    common.append(checksum, 4)
    common.append(size, 4)
    common.append(size, 4)
    common.append(nameBytes.count, 2)

    var localExtra: [UInt8] = []
    if isLarge {
      localExtra.append(1, 2)
      localExtra.append(16, 2)
      localExtra.append(content.count, 8)
      localExtra.append(content.count, 8)
    }
    bytes.append(0x0403_4b50, 4)
    bytes += common
    bytes.append(localExtra.count, 2)
    bytes += nameBytes
    bytes += localExtra
    bytes += content

    var extra = localExtra
    if isFar {
      if extra.isEmpty {
        extra.append(1, 2)
        extra.append(8, 2)
      } else {
        extra[2] = 24
      }
      extra.append(offset, 8)
    }
    directory.append(0x0201_4b50, 4)
    // Made on Unix (3), so that the file mode below is understood.
    directory.append(3 << 8 | 45, 2)
    directory += common
    directory.append(extra.count, 2)
    directory.append(0, 2)
    directory.append(0, 2)
    directory.append(0, 2)
    directory.append(0o100644 << 16, 4)
    directory.append(isFar ? 0xFFFF_FFFF : offset, 4)
    directory += nameBytes
    directory += extra
    count += 1
  }

  /// The archive with all members that were added.
  public func archive() -> [UInt8] {
    var result = bytes + directory
    let offset = bytes.count
    if count >= 0xFFFF || offset >= 0xFFFF_FFFF || directory.count >= 0xFFFF_FFFF {
      let place = result.count
      result.append(0x0606_4b50, 4)
      result.append(44, 8)
      result.append(3 << 8 | 45, 2)
      result.append(45, 2)
      result.append(0, 4)
      result.append(0, 4)
      result.append(count, 8)
      result.append(count, 8)
      result.append(directory.count, 8)
      result.append(offset, 8)
      result.append(0x0706_4b50, 4)
      result.append(0, 4)
      result.append(place, 8)
      result.append(1, 4)
    }
    result.append(0x0605_4b50, 4)
    result.append(0, 4)
    result.append(min(count, 0xFFFF), 2)
    result.append(min(count, 0xFFFF), 2)
    result.append(min(directory.count, 0xFFFF_FFFF), 4)
    result.append(min(offset, 0xFFFF_FFFF), 4)
    result.append(0, 2)
    return result
  }
}

extension [UInt8] {
  /// Appends a number of `width` bytes, least significant byte first.
  fileprivate mutating func append(_ number: Int, _ width: Int) {
    for index in 0..<width { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
