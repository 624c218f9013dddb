import CZlib
public import FileAccess

extension ZipArchive {
  /// The bytes of a member, its checksum compared.
  ///
  /// Unpacks straight into the result, so that large members are held once.
  /// - Parameter limit: How many bytes are accepted.
  /// - Throws: ``InputError`` for a missing, broken or too large member.
  public func read(_ name: String, limit: Int = Limit.memberSize) throws(InputError) -> [UInt8] {
    guard let entry = entry(named: name) else { throw refused(.missing(name)) }
    return try read(entry, limit: limit)
  }

  /// The bytes of a member, its checksum compared.
  ///
  /// - Throws: ``InputError`` for a broken or too large member.
  public func read(_ entry: Entry, limit: Int = Limit.memberSize) throws(InputError) -> [UInt8] {
    guard entry.size <= limit else {
      throw refused(.memberTooLarge(entry.name, size: entry.size, limit: limit))
    }
    let bytes =
      entry.method == 0
      ? try file.bytes(at: entry.dataOffset, count: entry.size) : try inflated(entry)
    let checksum = bytes.withUnsafeBytes { buffer in
      crc32_z(0, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count)
    }
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw refused(.wrongChecksum(entry.name, size: entry.size))
    }
    return bytes
  }

  /// Where in the archive the bytes of a member lie; `nil` for one that is packed.
  package func range(ofUnpacked entry: Entry) -> Range<Int>? {
    entry.method == 0 ? entry.dataOffset..<entry.dataOffset + entry.size : nil
  }

  /// Compares the checksum of a member that is not packed, piece by piece.
  ///
  /// - Throws: ``InputError`` for a broken member.
  package func verify(_ entry: Entry) throws(InputError) {
    guard let range = range(ofUnpacked: entry) else { return }
    var checksum: UInt = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceSize) {
      let piece = try file.bytes(
        at: start, count: min(Self.pieceSize, range.upperBound - start))
      checksum = piece.withUnsafeBytes { buffer in
        crc32_z(checksum, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count)
      }
    }
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw refused(.wrongChecksum(entry.name, size: entry.size))
    }
  }

  /// Large enough that the system call does not count, small enough for the cache.
  private static var pieceSize: Int { 256 << 10 }

  private func refused(_ problem: ZipProblem) -> InputError { InputError(problem, in: file.name) }

  private func inflated(_ entry: Entry) throws(InputError) -> [UInt8] {
    var stream = z_stream()
    // Negative window bits: a bare deflate stream, as ZIP has it, without zlib's header.
    guard
      inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw refused(.brokenStream(entry.name)) }
    defer { inflateEnd(&stream) }
    var problem: InputError?
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size + 1) { buffer, initialized in
      initialized = 0
      do throws(InputError) {
        try inflate(
          entry, &stream, into: UnsafeMutableBufferPointer(rebasing: buffer[0...entry.size]))
        initialized = entry.size
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return bytes
  }

  /// Unpacks a member into a buffer with one byte to spare, by which more than the promised size is
  /// noticed.
  private func inflate(
    _ entry: Entry, _ stream: inout z_stream, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) {
    var (consumed, produced) = (0, 0)
    var status = Z_OK
    while status != Z_STREAM_END, consumed < entry.storedSize {
      var chunk = try file.bytes(
        at: entry.dataOffset + consumed, count: min(Self.pieceSize, entry.storedSize - consumed))
      let size = chunk.count
      consumed += size
      chunk.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(size)
        repeat {
          // zlib counts in 32 bits.
          let room = min(buffer.count - produced, 1 << 30)
          stream.next_out = buffer.baseAddress?.advanced(by: produced)
          stream.avail_out = uInt(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          produced += room - Int(stream.avail_out)
        } while status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0)
          && produced < buffer.count
      }
      if produced > entry.size {
        throw refused(.wrongSize(entry.name, found: produced, expected: entry.size))
      }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw refused(.brokenStream(entry.name))
      }
    }
    guard status == Z_STREAM_END, produced == entry.size else {
      throw refused(.wrongSize(entry.name, found: produced, expected: entry.size))
    }
    guard stream.avail_in == 0, consumed == entry.storedSize else {
      throw refused(.brokenStream(entry.name))
    }
  }
}
