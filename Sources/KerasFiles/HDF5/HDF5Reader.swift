import CHDF5
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What an HDF5 file holds, as far as Keras writes such.
package struct HDF5Contents: Hashable, Sendable {
  /// The arrays by path, as `layers/dense/vars/0`.
  package var arrays: [String: StoredArray] = [:]
  /// The paths of all groups; the root is the empty one.
  package var groups: Set<String> = []
  /// The texts that belong to groups: by path of the group, then by name.
  package var texts: [String: [String: [String]]] = [:]

  /// The texts of a group under a name; Keras splits long lists into `name0`, `name1`, ….
  package func list(_ name: String, of group: String) -> [String]? {
    guard let own = texts[group] else { return nil }
    if let whole = own[name] { return whole }
    var parts: [String] = []
    var number = 0
    while let part = own["\(name)\(number)"] {
      parts += part
      number += 1
    }
    return number > 0 ? parts : nil
  }
}

/// Reads all arrays and texts of an HDF5 file that is in memory.
///
/// Only groups, hard links, datasets of plain numbers and attributes of text are understood. The library
/// runs in a child process with limits of memory and time, so that what a crafted file does to it
/// ends there; what the child tells is checked again here.
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
    /// Bytes of one text: configurations of models are texts.
    static let text = 256 << 20
    /// Memory that the child may take beside what the file itself unpacks to.
    static let memory = 1 << 30
    /// Seconds that the child may take: a disk's worth of weights is read in less.
    static let seconds = 120
  }

  /// What is in a file.
  package static func read(_ image: [UInt8]) throws(HDF5Problem) -> HDF5Contents {
    try checkSuperblock(image)
    let limits = chdf5_limits(
      depth: UInt64(Limit.depth), objects: UInt64(Limit.objects), ratio: UInt64(Limit.ratio),
      totalRatio: UInt64(Limit.totalRatio), textSize: UInt64(Limit.text))
    let memory = UInt64(Limit.memory) + 2 * UInt64(Limit.totalRatio) * UInt64(image.count)
    var child: Int32 = 0
    let pipe = HDF5Library.use {
      image.withUnsafeBytes {
        chdf5_start_child(
          $0.baseAddress, $0.count, limits, memory, UInt64(Limit.seconds), &child)
      }
    }
    guard pipe >= 0 else { throw .noChild }
    let (records, isWhole) = drain(pipe)
    close(pipe)
    if !isWhole { kill(child, SIGKILL) }
    let signal = chdf5_end_child(child)
    guard isWhole, signal != SIGXCPU else { throw .tooLong(seconds: Limit.seconds) }
    guard signal == 0 else { throw .crash(signal: signal) }
    var reader = HDF5Records(records)
    return try reader.contents()
  }

  /// Reads what the child tells, until it ends or its time is over.
  private static func drain(_ pipe: Int32) -> (records: [UInt8], isWhole: Bool) {
    var records: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var end = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    let deadline = ContinuousClock.now + .seconds(Limit.seconds)
    while true {
      let ready = poll(&end, 1, 1000)
      if ready < 0, errno != EINTR { return (records, false) }
      guard ContinuousClock.now < deadline else { return (records, false) }
      guard ready > 0 else { continue }
      let count = Self.bytes(of: pipe, into: &buffer)
      if count == 0 { return (records, true) }
      if count < 0 {
        if errno == EINTR { continue }
        return (records, false)
      }
      records.append(contentsOf: buffer.prefix(count))
    }
  }

  private static func bytes(of pipe: Int32, into buffer: inout [UInt8]) -> Int {
    let count = buffer.count
    return buffer.withUnsafeMutableBytes { bytes in
      #if canImport(Glibc)
        Glibc.read(pipe, bytes.baseAddress, count)
      #elseif canImport(Musl)
        Musl.read(pipe, bytes.baseAddress, count)
      #else
        Darwin.read(pipe, bytes.baseAddress, count)
      #endif
    }
  }

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
}
