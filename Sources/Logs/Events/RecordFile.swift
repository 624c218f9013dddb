import FileAccess

/// The records of a TFRecord file: length, its checksum, data, its checksum, one after the other.
struct RecordFile {
  /// The data of the records whose checksums fit.
  private(set) var records: [ArraySlice<UInt8>] = []
  /// How many records have a checksum that does not fit, so that they are left out.
  private(set) var damaged = 0
  /// Whether the file ends within a record: it is still being written, or was cut.
  private(set) var endsWithin = false

  /// The length and its checksum.
  private static let headerSize = 12
  /// The checksum of the data.
  private static let trailerSize = 4

  init(_ bytes: ArraySlice<UInt8>) {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      guard bytes.endIndex - position >= RecordFile.headerSize else {
        endsWithin = true
        return
      }
      guard let length = RecordFile.length(bytes, at: position) else {
        // Where a length is damaged, the next place that has a sound one goes on.
        damaged += 1
        position += 1
        while position < bytes.endIndex, RecordFile.length(bytes, at: position) == nil {
          position += 1
        }
        continue
      }
      let start = position + RecordFile.headerSize
      guard bytes.endIndex - start >= RecordFile.trailerSize,
        length <= bytes.endIndex - start - RecordFile.trailerSize
      else {
        endsWithin = true
        return
      }
      let data = bytes[start..<(start + length)]
      if RecordFile.word(bytes, at: start + length) == CRC32C.masked(data) {
        records.append(data)
      } else {
        damaged += 1
      }
      position = start + length + RecordFile.trailerSize
    }
  }

  /// Whether bytes begin with the header of a record.
  static func recognises(_ bytes: [UInt8]) -> Bool { length(bytes[...], at: 0) != nil }

  /// The length of the record at a position; `nil` if its checksum does not fit.
  private static func length(_ bytes: ArraySlice<UInt8>, at position: Int) -> Int? {
    guard position >= bytes.startIndex, bytes.endIndex - position >= headerSize,
      word(bytes, at: position + 8) == CRC32C.masked(bytes[position..<(position + 8)])
    else { return nil }
    var length: UInt64 = 0
    for index in 0..<8 { length |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
    return Int(exactly: length)
  }

  private static func word(_ bytes: ArraySlice<UInt8>, at position: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[position + $1]) << (8 * UInt32($1)) }
  }
}

/// One record of a TFRecord file.
public enum EventRecord {
  /// Data with the length and the checksums that frame it in a file.
  public static func framed(_ data: some Collection<UInt8>) -> [UInt8] {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: data.count >> (8 * $0)) }
    return length + bytes(CRC32C.masked(length[...])) + data
      + bytes(CRC32C.masked(Array(data)[...]))
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
  }
}
