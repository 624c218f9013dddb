import Logs

/// Event files made of changed records.
enum EventRecords {
  /// The records of a damaged file with checksums that fit, so that damage reaches what reads them.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    while bytes.count - position >= 12 {
      let length = min(
        Int(bytes[position]) | Int(bytes[position + 1]) << 8, bytes.count - position - 12)
      let data = bytes[(position + 12)..<(position + 12 + length)]
      result += EventRecord.framed(data)
      position = min(position + 16 + length, bytes.count)
    }
    return result
  }
}
