#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The memory of this machine, as far as this process may take it.
///
/// A process that takes more is ended by the system, often without a word; so what can only be held as a
/// whole is refused before.
package enum MachineMemory {
  /// How many bytes can still be taken; `nil` where the system does not tell.
  package static var available: Int? {
    let figures = [free, left].compactMap(\.self)
    return figures.min()
  }

  /// Refuses what does not fit.
  ///
  /// - Parameters:
  ///   - needed: How many bytes are needed.
  ///   - purpose: What for, as `unpack it`.
  ///   - advice: What to do, as a sentence.
  ///   - available: How many bytes there are.
  /// - Throws: ``InputError`` that names both figures.
  package static func require(
    _ needed: Int, to purpose: String, advice: String, in subject: String, at place: [String] = [],
    available: Int? = MachineMemory.available
  ) throws(InputError) {
    guard let available, needed > available else { return }
    throw InputError(
      MemoryShortage(needed: needed, available: available, purpose: purpose, advice: advice),
      in: subject, at: place)
  }

  /// What the machine has free, or holds copies of files in that it can drop.
  private static var free: Int? {
    #if os(Linux)
      // Lines as "MemAvailable:   12345678 kB".
      guard let text = text(of: "/proc/meminfo"),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
        let number = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
      else { return nil }
      return number << 10
    #else
      let (pages, size) = (sysconf(_SC_PHYS_PAGES), sysconf(_SC_PAGESIZE))
      return pages > 0 && size > 0 ? pages * size : nil
    #endif
  }

  /// What a container leaves of its limit (cgroup v2); `nil` where there is none.
  private static var left: Int? {
    guard let limit = number(in: "/sys/fs/cgroup/memory.max"),
      let used = number(in: "/sys/fs/cgroup/memory.current")
    else { return nil }
    return max(0, limit - used)
  }

  private static func number(in path: String) -> Int? {
    text(of: path)?.split(separator: "\n").first.flatMap { Int($0) }
  }

  /// The text of a file of the system, which has no size before it is read.
  private static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}

/// More than the memory of the machine holds.
struct MemoryShortage: InputProblem {
  let needed: Int
  let available: Int
  let purpose: String
  let advice: String
  var finding: String {
    "\(megabytes(needed)) MB of memory are needed to \(purpose), where \(megabytes(available)) MB "
      + "are left"
  }

  private func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }
}
