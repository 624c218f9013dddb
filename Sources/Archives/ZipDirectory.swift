import FileAccess

/// The checked directory of an archive. Format: PKWARE's APPNOTE.TXT 6.3.10.
struct ZipDirectory {
  var entries: [ZipArchive.Entry] = []
  private let file: ReadableFile

  private enum Signature {
    static let localHeader = 0x0403_4b50
    static let entry = 0x0201_4b50
    static let end = 0x0605_4b50
    static let endZip64 = 0x0606_4b50
    static let locatorZip64 = 0x0706_4b50
  }

  init(of file: ReadableFile) throws(InputError) {
    self.file = file
    let extent = try locate()
    guard extent.count <= ZipArchive.Limit.entryCount else {
      throw refused(.tooManyEntries(extent.count, limit: ZipArchive.Limit.entryCount))
    }
    var bytes = LittleEndianBytes(try file.bytes(at: extent.offset, count: extent.size))
    entries.reserveCapacity(min(extent.count, extent.size / 46))
    for number in 0..<extent.count { entries.append(try entry(&bytes, number: number)) }
    guard bytes.remaining == 0 else {
      throw refused(.malformed("\(bytes.remaining) bytes behind the last entry of the directory"))
    }
    try checkTotals()
    try checkPlaces(end: extent.offset)
  }

  private func refused(_ problem: ZipProblem) -> InputError { InputError(problem, in: file.name) }

  // MARK: Finding the directory

  private func locate() throws(InputError) -> (offset: Int, size: Int, count: Int) {
    // The end record is 22 bytes and a comment of at most 65535.
    let tailSize = min(file.count, 22 + 65_535)
    let tail = try file.bytes(at: file.count - tailSize, count: tailSize)
    guard let place = endRecord(in: tail) else { throw refused(.noDirectory(size: file.count)) }
    let position = file.count - tailSize + place
    var bytes = LittleEndianBytes(tail, at: place + 4)
    let (disk, startDisk) = (bytes.next(2), bytes.next(2))
    let (countHere, count) = (bytes.next(2), bytes.next(2))
    let (size, offset) = (bytes.next(4), bytes.next(4))
    var extent = (offset: offset, size: size, count: count)
    var end = position
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF,
      let large = try locateZip64(before: position)
    {
      extent = large.extent
      end = large.position
    } else {
      guard disk == 0, startDisk == 0, countHere == count else { throw refused(.severalDisks) }
    }
    guard extent.offset <= end, extent.size == end - extent.offset else {
      throw refused(
        .malformed(
          "a directory of \(extent.size) bytes at \(extent.offset) that should end at \(end)"))
    }
    return extent
  }

  /// The last end record whose comment reaches exactly to the end of the file.
  private func endRecord(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    return stride(from: tail.count - 22, through: 0, by: -1).first { place in
      guard tail[place] == 0x50, tail[place + 1] == 0x4b else { return false }
      var bytes = LittleEndianBytes(tail, at: place)
      guard bytes.next(4) == Signature.end else { return false }
      bytes.skip(16)
      return place + 22 + bytes.next(2) == tail.count
    }
  }

  private func locateZip64(
    before position: Int
  ) throws(InputError) -> (position: Int, extent: (offset: Int, size: Int, count: Int))? {
    guard position >= 20 else { return nil }
    var locator = LittleEndianBytes(try file.bytes(at: position - 20, count: 20))
    guard locator.next(4) == Signature.locatorZip64 else { return nil }
    let disk = locator.next(4)
    let place = locator.next(8)
    guard disk == 0, locator.next(4) <= 1 else { throw refused(.severalDisks) }
    guard place <= position - 20 - 56 else {
      throw refused(.malformed("a ZIP64 end record at \(place), behind its locator"))
    }
    var record = LittleEndianBytes(try file.bytes(at: place, count: 56))
    guard record.next(4) == Signature.endZip64 else {
      throw refused(.malformed("no ZIP64 end record at \(place)"))
    }
    record.skip(8 + 2 + 2)
    let (thisDisk, startDisk) = (record.next(4), record.next(4))
    let (countHere, count) = (record.next(8), record.next(8))
    guard thisDisk == 0, startDisk == 0, countHere == count else { throw refused(.severalDisks) }
    let size = record.next(8)
    return (place, (offset: record.next(8), size: size, count: count))
  }

  // MARK: Entries

  private func entry(
    _ bytes: inout LittleEndianBytes, number: Int
  ) throws(InputError) -> ZipArchive.Entry {
    guard bytes.remaining >= 46, bytes.next(4) == Signature.entry else {
      throw refused(.malformed("no entry number \(number + 1) in the directory"))
    }
    bytes.skip(4)
    let (flags, method) = (bytes.next(2), bytes.next(2))
    bytes.skip(4)
    let checksum = UInt32(bytes.next(4))
    var (storedSize, size) = (bytes.next(4), bytes.next(4))
    let (nameLength, extraLength, commentLength) = (bytes.next(2), bytes.next(2), bytes.next(2))
    let disk = bytes.next(2)
    bytes.skip(2)
    let attributes = bytes.next(4)
    var offset = bytes.next(4)
    guard bytes.remaining >= nameLength + extraLength + commentLength else {
      throw refused(.malformed("entry number \(number + 1) reaches beyond the directory"))
    }
    let name = String(decoding: bytes.take(nameLength), as: UTF8.self)
    var extra = LittleEndianBytes(Array(bytes.take(extraLength)))
    bytes.skip(commentLength)
    try check(name: name)
    // The ZIP64 extra field holds only those figures that did not fit, in this order.
    while extra.remaining >= 4 {
      let (id, length) = (extra.next(2), extra.next(2))
      guard length <= extra.remaining else { break }
      var field = LittleEndianBytes(Array(extra.take(length)))
      guard id == 1 else { continue }
      if size == 0xFFFF_FFFF, field.remaining >= 8 { size = field.next(8) }
      if storedSize == 0xFFFF_FFFF, field.remaining >= 8 { storedSize = field.next(8) }
      if offset == 0xFFFF_FFFF, field.remaining >= 8 { offset = field.next(8) }
    }
    if disk != 0, disk != 0xFFFF { throw refused(.severalDisks) }
    // The upper half of the attributes is the file mode where the archive was made on Unix.
    if attributes >> 16 & 0o170000 == 0o120000 { throw refused(.link(name)) }
    // Bit 0: encrypted; bit 6: strongly so; bit 13: the directory itself is.
    if flags & 0x2041 != 0 { throw refused(.encrypted(name)) }
    guard method == 0 || method == 8 else { throw refused(.unknownMethod(name, method)) }
    // What is not packed takes its own size in the archive, and can be read by piece.
    guard method == 0 || size <= ZipArchive.Limit.memberSize else {
      throw refused(
        .memberTooLarge(name, size: size, limit: ZipArchive.Limit.memberSize))
    }
    guard method == 8 || size == storedSize else {
      throw refused(.wrongSize(name, found: storedSize, expected: size))
    }
    return ZipArchive.Entry(
      name: name, size: size, storedSize: storedSize, method: method, checksum: checksum,
      headerOffset: offset, flags: flags)
  }

  private func check(name: String) throws(InputError) {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isAbsolute = parts.count > 1 && parts[0].isEmpty
    let hasDrive = name.utf8.dropFirst().first == UInt8(ascii: ":")
    let climbs = parts.contains { $0.elementsEqual("..".utf8) }
    let isOdd = name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\\") }
    if name.isEmpty || isAbsolute || hasDrive || climbs || isOdd {
      throw refused(.unsafeName(name))
    }
  }

  // MARK: The archive as a whole

  private func checkTotals() throws(InputError) {
    var names = Set<[UInt8]>()
    var total = 0
    for entry in entries {
      guard names.insert(Array(entry.name.utf8)).inserted else {
        throw refused(.duplicate(entry.name))
      }
      total += entry.size
    }
    let limit = ZipArchive.Limit.ratio
    if total > ZipArchive.Limit.harmlessSize, total / limit > file.count {
      throw refused(.bomb(unpacked: total, archive: file.count, limit: limit))
    }
  }

  /// Checks that the members lie one behind the other before the directory, and finds their bytes.
  private mutating func checkPlaces(end: Int) throws(InputError) {
    let order = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    for (rank, number) in order.enumerated() {
      let entry = entries[number]
      let next = rank + 1 < order.count ? entries[order[rank + 1]] : nil
      let limit = next?.headerOffset ?? end
      guard entry.headerOffset <= end - 30 else {
        throw refused(.malformed("the member \(entry.name) begins at \(entry.headerOffset)"))
      }
      let dataOffset = try checkLocalHeader(entry)
      guard limit >= dataOffset, entry.storedSize <= limit - dataOffset else {
        throw refused(.overlap(entry.name, next?.name ?? "directory"))
      }
      entries[number].dataOffset = dataOffset
    }
  }

  /// Compares a member's own header with its entry in the directory: programs that believe the one
  /// and programs that believe the other must see the same file.
  private func checkLocalHeader(_ entry: ZipArchive.Entry) throws(InputError) -> Int {
    var header = LittleEndianBytes(try file.bytes(at: entry.headerOffset, count: 30))
    guard header.next(4) == Signature.localHeader else {
      throw refused(.malformed("no header of the member \(entry.name) at \(entry.headerOffset)"))
    }
    header.skip(2)
    let (flags, method) = (header.next(2), header.next(2))
    header.skip(4 + 4)
    let (storedSize, size) = (header.next(4), header.next(4))
    let (nameLength, extraLength) = (header.next(2), header.next(2))
    let nameOffset = entry.headerOffset + 30
    guard nameLength <= file.count - nameOffset else {
      throw refused(.malformed("the name of the member \(entry.name) is cut short"))
    }
    let name = String(
      decoding: try file.bytes(at: nameOffset, count: nameLength), as: UTF8.self)
    let sizesDeferred = flags & 8 != 0 || size == 0xFFFF_FFFF || storedSize == 0xFFFF_FFFF
    let sizesAgree = size == entry.size && storedSize == entry.storedSize
    guard name == entry.name, method == entry.method, sizesDeferred || sizesAgree else {
      throw refused(
        .malformed("the header of the member \(entry.name) says otherwise than the directory"))
    }
    return nameOffset + nameLength + extraLength
  }
}
