import CHDF5
import FileAccess

/// Reads all arrays of an HDF5 file that is in memory, by path.
///
/// Only groups, hard links and datasets of plain numbers are understood. Attributes are never read.
package struct HDF5Reader {
  /// What is accepted at most.
  package enum Limit {
    /// Levels of groups; a model within a model takes two or three.
    package static let depth = 64
    /// Groups and datasets; the largest models Keras ships have some thousands.
    static let objects = 100_000
    /// Bytes of an array for each byte that is stored of it. Deflate reaches 1032.
    static let ratio = 1000
    /// Bytes of all arrays for each byte of the file.
    static let totalRatio = 100
  }

  private let fileSize: Int
  private var arrays: [String: StoredArray] = [:]
  private var visited = Set<[UInt64]>()
  private var objectCount = 0
  private var total = 0

  /// The arrays of a file by path, as `layers/dense/vars/0`, and the paths of all groups.
  package static func read(_ image: [UInt8]) throws(HDF5Problem) -> (
    arrays: [String: StoredArray], groups: Set<String>
  ) {
    try checkSuperblock(image)
    return try HDF5Library.use { () throws(HDF5Problem) in
      let file = image.withUnsafeBytes { chdf5_open_image($0.baseAddress, $0.count) }
      guard file >= 0 else { throw .notHDF5 }
      defer { H5Fclose(file) }
      let root = H5Gopen2(file, "/", chdf5_default())
      guard root >= 0 else { throw .unreadable("the root group") }
      defer { H5Gclose(root) }
      var reader = HDF5Reader(fileSize: image.count)
      var place: [UInt64] = [0, 0]
      _ = chdf5_object(root, &place)
      reader.visited.insert(place)
      try reader.visit(group: root, path: "", depth: 0)
      return (reader.arrays, reader.groups)
    }
  }

  private var groups = Set<String>()

  private init(fileSize: Int) { self.fileSize = fileSize }

  /// Looks at the first block by ourselves, so that the library sees only what may be a whole file.
  private static func checkSuperblock(_ image: [UInt8]) throws(HDF5Problem) {
    guard image.count >= 48, image.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
    else { throw .notHDF5 }
    // Where the end of the file is written: behind a base address (and for old versions that of the
    // free space), all of 8 bytes in files of our kind.
    let version = Int(image[8])
    let widthAt = version < 2 ? 13 : 9
    guard version <= 3, image[widthAt] == 8, image[widthAt + 1] == 8 else { throw .notHDF5 }
    let place = version == 0 ? 40 : version == 1 ? 44 : 28
    guard image.count >= place + 8 else { throw .notHDF5 }
    let end = (0..<8).reduce(UInt64(0)) { $0 | UInt64(image[place + $1]) << (8 * UInt64($1)) }
    guard end <= UInt64(image.count) else {
      throw .cutShort(expected: Int(clamping: end), found: image.count)
    }
  }

  private mutating func visit(group: hid_t, path: String, depth: Int) throws(HDF5Problem) {
    guard depth <= Limit.depth else { throw .tooDeep(limit: Limit.depth) }
    let count = chdf5_link_count(group)
    guard count >= 0 else { throw .unreadable(shown(path)) }
    guard count <= Limit.objects else { throw .tooManyObjects(limit: Limit.objects) }
    groups.insert(path)
    for number in 0..<UInt64(count) {
      var buffer = [CChar](repeating: 0, count: CHDF5_NAME_SIZE)
      let length = chdf5_link_name(group, number, &buffer)
      guard length > 0, length < buffer.count else { throw .unreadable("a name in \(shown(path))") }
      let name = String(
        decoding: buffer[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let whole = path.isEmpty ? name : path + "/" + name
      switch chdf5_is_hard_link(group, buffer) {
      case 1: break
      case 0: throw .link(whole)
      default: throw .unreadable(whole)
      }
      objectCount += 1
      guard objectCount <= Limit.objects else { throw .tooManyObjects(limit: Limit.objects) }
      let object = H5Oopen(group, buffer, chdf5_default())
      guard object >= 0 else { throw .unreadable(whole) }
      defer { H5Oclose(object) }
      var place: [UInt64] = [0, 0]
      let kind = chdf5_object(object, &place)
      guard visited.insert(place).inserted else { throw .cycle(whole) }
      switch kind {
      case 0: try visit(group: object, path: whole, depth: depth + 1)
      case 1: arrays[whole] = try array(object, path: whole)
      default: throw .unreadable(whole)
      }
    }
  }

  private func shown(_ path: String) -> String { path.isEmpty ? "the root group" : path }

  private mutating func array(_ dataset: hid_t, path: String) throws(HDF5Problem) -> StoredArray {
    switch Int(chdf5_storage(dataset)) {
    case CHDF5_STORAGE_PLAIN: break
    case CHDF5_STORAGE_EXTERNAL: throw .outsideStorage(path, "in another file")
    case CHDF5_STORAGE_VIRTUAL: throw .outsideStorage(path, "in other datasets")
    case CHDF5_STORAGE_FILTER:
      throw .outsideStorage(path, "with a filter other than deflate, shuffle and checksums")
    default: throw .unreadable(path)
    }
    var sizes = [UInt64](repeating: 0, count: 32)
    let rank = Int(chdf5_extents(dataset, &sizes))
    guard rank >= 0 else { throw .unreadable(path) }
    let shape = sizes[..<rank].map { Int(clamping: $0) }
    var elementSize: UInt64 = 0
    let kind = Int(chdf5_element(dataset, &elementSize))
    let isFloat = kind == CHDF5_FLOAT
    let isSigned = kind == CHDF5_SIGNED
    guard isFloat || isSigned || kind == CHDF5_UNSIGNED,
      (isFloat ? [2, 4, 8] : [1, 2, 4, 8]).contains(elementSize)
    else { throw .elements(path) }
    try check(shape, elementSize: Int(elementSize), of: dataset, path: path)

    let count = shape.reduce(1, *)
    var isRead = count == 0
    var integers: [Int]?
    let scalars: [Float]
    if isFloat {
      scalars = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        if count > 0 { isRead = Self.read(dataset, chdf5_native_float(), buffer.baseAddress) }
        initialized = isRead ? count : 0
      }
    } else {
      let whole = [Int](unsafeUninitializedCapacity: count) { buffer, initialized in
        if count > 0 { isRead = Self.read(dataset, chdf5_native_int64(), buffer.baseAddress) }
        initialized = isRead ? count : 0
      }
      integers = whole
      scalars = whole.map(Float.init)
    }
    guard isRead else { throw .unreadable(path) }
    let letters = isFloat ? "float" : isSigned ? "int" : "uint"
    return StoredArray(
      shape: shape, dtype: letters + String(8 * elementSize), scalars: scalars, integers: integers)
  }

  private static func read(
    _ dataset: hid_t, _ type: hid_t, _ buffer: UnsafeMutableRawPointer?
  ) -> Bool {
    H5Dread(dataset, type, chdf5_all(), chdf5_all(), chdf5_default(), buffer) >= 0
  }

  /// Compares what a shape asks for with what is stored, before memory is taken for it.
  private mutating func check(
    _ shape: [Int], elementSize: Int, of dataset: hid_t, path: String
  ) throws(HDF5Problem) {
    // Counted without the empty axes too, so that every product of extents can be formed later.
    var bytes = elementSize
    var overflows = false
    for extent in shape where extent > 0 {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
      (bytes, overflows) = (product, overflows || overflow)
    }
    let stored = Int(clamping: H5Dget_storage_size(dataset))
    guard !overflows, stored <= fileSize else { throw .shape(path, shape, stored: stored) }
    if shape.contains(0) { return }
    total += min(bytes, 1 << 60)
    guard bytes / Limit.ratio <= stored, stored > 0,
      total <= 1 << 60, total / Limit.totalRatio <= fileSize
    else { throw .shape(path, shape, stored: stored) }
  }
}
