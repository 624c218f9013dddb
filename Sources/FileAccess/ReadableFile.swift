#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes that can be read from any position: a file on disk, or memory.
///
/// A file is read piece by piece rather than mapped: a mapped file that its owner shortens meanwhile
/// ends the process, a short read is an error like others.
public final class ReadableFile: Sendable {
  /// How errors name it: the path as the user wrote it.
  public let name: String
  /// How many bytes there are.
  public let count: Int
  private enum Source {
    case memory([UInt8])
    case descriptor(Int32)
  }
  private let source: Source

  /// Opens a file.
  ///
  /// - Throws: ``InputError`` if there is none, it is a folder, or may not be read.
  public init(path: String) throws(InputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw InputError(FileProblem("open", code: errno), in: path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw InputError(FileProblem("open", code: code), in: path)
    }
    // Pipes and devices have no size and cannot be read from any position.
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ESPIPE
      throw InputError(FileProblem("read", code: code), in: path)
    }
    name = path
    count = Int(status.st_size)
    source = .descriptor(descriptor)
  }

  /// Bytes in memory under a name for messages.
  public init(bytes: [UInt8], name: String) {
    self.name = name
    count = bytes.count
    source = .memory(bytes)
  }

  deinit {
    if case .descriptor(let descriptor) = source { close(descriptor) }
  }

  /// Fills a buffer with the bytes from a position on.
  ///
  /// - Throws: ``InputError`` if the file ends before the buffer is full.
  public func read(
    at position: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputError) {
    guard position >= 0, buffer.count <= count, position <= count - buffer.count else {
      throw InputError(ShortFile(wanted: buffer.count, position: position, size: count), in: name)
    }
    switch source {
    case .memory(let bytes):
      bytes.withUnsafeBytes { all in
        buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: all[position..<position + buffer.count]))
      }
    case .descriptor(let descriptor):
      var done = 0
      while done < buffer.count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
          off_t(position + done))
        if got < 0 {
          if errno == EINTR { continue }
          throw InputError(FileProblem("read", code: errno), in: name)
        }
        if got == 0 {
          throw InputError(
            ShortFile(wanted: buffer.count, position: position, size: position + done), in: name)
        }
        done += got
      }
    }
  }

  /// Tells the system that a part will be read soon, so that it fetches several at once from a disk;
  /// where it holds the part already that costs little.
  package func announce(at position: Int, count: Int) {
    guard case .descriptor(let descriptor) = source else { return }
    #if os(Linux)
      _ = posix_fadvise(descriptor, off_t(position), off_t(count), POSIX_FADV_WILLNEED)
    #elseif canImport(Darwin)
      var advice = radvisory(ra_offset: off_t(position), ra_count: Int32(clamping: count))
      _ = fcntl(descriptor, F_RDADVISE, &advice)
    #endif
  }

  /// The bytes from a position on.
  ///
  /// - Throws: ``InputError`` if the file ends before.
  public func bytes(at position: Int, count: Int) throws(InputError) -> [UInt8] {
    guard count >= 0, position >= 0, count <= self.count, position <= self.count - count else {
      throw InputError(ShortFile(wanted: count, position: position, size: self.count), in: name)
    }
    do {
      return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        initialized = 0
        try read(at: position, into: UnsafeMutableRawBufferPointer(buffer))
        initialized = count
      }
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(FileProblem("read", code: EIO), in: name)
    }
  }

  /// All bytes, at most `limit` of them.
  ///
  /// - Throws: ``InputError`` for a larger file.
  public func allBytes(limit: Int) throws(InputError) -> [UInt8] {
    guard count <= limit else {
      throw InputError(LargeFile(size: count, limit: limit), in: name)
    }
    return try bytes(at: 0, count: count)
  }
}

/// A file that ends before what should be in it.
struct ShortFile: InputProblem {
  let wanted: Int
  let position: Int
  let size: Int
  var finding: String {
    "\(wanted) bytes were expected from byte \(position) on, but it ends at byte \(size)"
  }
  var advice: String { "The file was cut short; copy or download it again." }
}

/// A file beyond what is accepted.
struct LargeFile: InputProblem {
  let size: Int
  let limit: Int
  var finding: String { "\(size) bytes, where at most \(limit) are accepted" }
  var advice: String { "Check that this is the file you meant." }
}
