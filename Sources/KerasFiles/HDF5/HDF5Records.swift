import CHDF5

/// What the child that reads an HDF5 file tells, one record after the other. The form is that of
/// `child.h`; since the child may have been taken over by the file, nothing in it is trusted.
struct HDF5Records {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All records, up to the one that says that they are all.
  mutating func contents() throws(HDF5Problem) -> HDF5Contents {
    var contents = HDF5Contents()
    while position < bytes.count {
      let tag = Int(bytes[position])
      position += 1
      let path = try text()
      switch tag {
      case CHDF5_GROUP: contents.groups.insert(path)
      case CHDF5_ARRAY: contents.arrays[path] = try array(path)
      case CHDF5_TEXT:
        let name = try text()
        let count = try number()
        guard count <= HDF5Reader.Limit.objects else { throw .crash(signal: 0) }
        var texts: [String] = []
        for _ in 0..<count { texts.append(try text()) }
        contents.texts[path, default: [:]][name] = texts
      case CHDF5_PROBLEM: throw try problem(path)
      case CHDF5_END: return contents
      default: throw .crash(signal: 0)
      }
    }
    throw .crash(signal: 0)
  }

  private mutating func number() throws(HDF5Problem) -> Int {
    guard bytes.count - position >= 8 else { throw .crash(signal: 0) }
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
    position += 8
    return Int(clamping: UInt64(littleEndian: value.littleEndian))
  }

  private mutating func text() throws(HDF5Problem) -> String {
    let length = try number()
    guard length <= bytes.count - position else { throw .crash(signal: 0) }
    defer { position += length }
    return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
  }

  private mutating func shape() throws(HDF5Problem) -> [Int] {
    let rank = try number()
    guard rank <= 32 else { throw .crash(signal: 0) }
    var extents: [Int] = []
    for _ in 0..<rank { extents.append(try number()) }
    return extents
  }

  private mutating func array(_ path: String) throws(HDF5Problem) -> StoredArray {
    let kind = try number()
    let size = try number()
    let shape = try shape()
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard !overflows else { throw .crash(signal: 0) }
      count = product
    }
    let isFloat = kind == CHDF5_FLOAT
    let width = isFloat ? 4 : 8
    guard count >= 0, count <= (bytes.count - position) / width, size <= 8 else {
      throw .crash(signal: 0)
    }
    defer { position += count * width }
    let bits = 8 * size
    if isFloat {
      let scalars = elements(count, of: Float.self)
      return StoredArray(shape: shape, dtype: "float\(bits)", scalars: scalars, integers: nil)
    }
    let integers = elements(count, of: Int64.self).map { Int($0) }
    return StoredArray(
      shape: shape, dtype: (kind == CHDF5_SIGNED ? "int" : "uint") + "\(bits)",
      scalars: integers.map(Float.init), integers: integers)
  }

  /// Numbers at the current position, in the machine's own order; the pipe packs them without gaps.
  private func elements<Number>(_ count: Int, of type: Number.Type) -> [Number] {
    [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { all in
        let part = all[position..<(position + count * MemoryLayout<Number>.stride)]
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: part))
      }
      initialized = count
    }
  }

  private mutating func problem(_ path: String) throws(HDF5Problem) -> HDF5Problem {
    let code = try number()
    let figure = try number()
    let extents = try shape()
    let shown = path.isEmpty ? "the root group" : path
    switch code {
    case CHDF5_NOT_HDF5: return .notHDF5
    case CHDF5_UNREADABLE: return .unreadable(figure == 1 ? "a name in \(shown)" : shown)
    case CHDF5_LINK: return .link(path)
    case CHDF5_CYCLE: return .cycle(path)
    case CHDF5_TOO_DEEP: return .tooDeep(limit: figure)
    case CHDF5_TOO_MANY: return .tooManyObjects(limit: figure)
    case CHDF5_OUTSIDE:
      switch figure {
      case CHDF5_STORAGE_EXTERNAL: return .outsideStorage(path, "in another file")
      case CHDF5_STORAGE_VIRTUAL: return .outsideStorage(path, "in other datasets")
      default:
        return .outsideStorage(path, "with a filter other than deflate, shuffle and checksums")
      }
    case CHDF5_ELEMENTS: return .elements(path)
    case CHDF5_SHAPE: return .shape(path, extents, stored: figure)
    default: return .crash(signal: 0)
    }
  }
}
