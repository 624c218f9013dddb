/// Memory that begins with a line of the cache: vectors and rows in it are read without splitting, and
/// threads that work on neighbouring memory do not take its lines from each other.
public enum AlignedMemory {
  /// The line of a cache, in bytes.
  private static let alignment = 64

  /// So many zeros. The caller deallocates them.
  public static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    repeating(0, count: count)
  }

  /// A value so many times. The caller deallocates them.
  static func repeating<T: BitwiseCopyable>(_ value: T, count: Int) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<T>.stride, alignment: alignment
    ).initializeMemory(as: T.self, repeating: value, count: count)
  }
}
