import CHDF5

/// Writes arrays into an HDF5 file in memory, as Keras lays one out: groups named `vars`, each with
/// the name of its layer as attribute `name`, and in it the arrays by number.
struct HDF5Writer {
  /// The variables of one layer, or of the optimizer.
  struct Group: Hashable, Sendable {
    /// The path of the group, which ends in `vars`.
    var path: String
    /// The name of the layer.
    var name: String
    /// The arrays, written as `0`, `1`, ….
    var arrays: [StoredArray]
    /// Arrays that are written under names of their own.
    var named: [String: StoredArray] = [:]
  }

  /// The library failed, which for a file in memory means that there is no memory.
  struct Failure: Error, Hashable {
    let path: String
  }

  /// The bytes of a file with the given groups; the groups around them are made as needed.
  static func image(of groups: [Group]) throws(Failure) -> [UInt8] {
    try HDF5Library.use { () throws(Failure) in
      let file = chdf5_create_image()
      guard file >= 0 else { throw Failure(path: "") }
      defer { H5Fclose(file) }
      for group in groups { try write(group, into: file) }
      guard H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0 else { throw Failure(path: "") }
      let size = H5Fget_file_image(file, nil, 0)
      guard size > 0 else { throw Failure(path: "") }
      var isRead = false
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        isRead = H5Fget_file_image(file, buffer.baseAddress, size) == size
        initialized = isRead ? size : 0
      }
      guard isRead else { throw Failure(path: "") }
      return bytes
    }
  }

  private static func write(_ group: Group, into file: hid_t) throws(Failure) {
    var current = H5Gopen2(file, "/", chdf5_default())
    for part in group.path.split(separator: "/") {
      guard current >= 0 else { throw Failure(path: group.path) }
      let exists = H5Lexists(current, String(part), chdf5_default()) > 0
      let next =
        exists
        ? H5Gopen2(current, String(part), chdf5_default())
        : H5Gcreate2(
          current, String(part), chdf5_default(), chdf5_default(), chdf5_default())
      H5Gclose(current)
      current = next
    }
    guard current >= 0 else { throw Failure(path: group.path) }
    defer { H5Gclose(current) }
    guard chdf5_write_text(current, "name", group.name) >= 0 else {
      throw Failure(path: group.path)
    }
    for (number, array) in group.arrays.enumerated() {
      guard write(array, as: String(number), into: current) else {
        throw Failure(path: "\(group.path)/\(number)")
      }
    }
    for (name, array) in group.named.sorted(by: { $0.key < $1.key }) {
      guard write(array, as: name, into: current) else {
        throw Failure(path: "\(group.path)/\(name)")
      }
    }
  }

  private static func write(_ array: StoredArray, as name: String, into group: hid_t) -> Bool {
    let extents = array.shape.map(UInt64.init)
    if let integers = array.integers {
      let stored = array.dtype == "int32" ? chdf5_stored_int32() : chdf5_stored_int64()
      return chdf5_write_dataset(
        group, name, Int32(extents.count), extents, stored, chdf5_native_int64(), integers) >= 0
    }
    return chdf5_write_dataset(
      group, name, Int32(extents.count), extents, chdf5_stored_float32(), chdf5_native_float(),
      array.scalars) >= 0
  }
}
