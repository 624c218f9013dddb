import FileAccess

/// Numbers that stay in their file, one behind the other: they are read, and not mapped, so that a file
/// that its owner shortens meanwhile is an error like others.
struct StoredElements: Sendable {
  /// The file.
  let file: ReadableFile
  /// Where the first element begins.
  let position: Int
  /// The type of the elements.
  let type: ElementType

  /// Bytes that are converted at once: they fit the cache, and beside reading them a system call costs
  /// little.
  private static let pieceSize = 1 << 18

  /// All of the first elements as 32-bit numbers.
  func floats(_ count: Int) throws(InputError) -> [Float] {
    var floats = [Float](unsafeUninitializedCapacity: count) { $1 = count }
    var failure: InputError?
    floats.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(InputError) { try copy(0..<count, into: base) } catch { failure = error }
    }
    if let failure { throw failure }
    return floats
  }

  /// Writes elements as 32-bit numbers.
  func copy(
    _ elements: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(InputError) {
    guard type != .float32 else {
      return try file.read(
        at: position + 4 * elements.lowerBound,
        into: UnsafeMutableRawBufferPointer(start: target, count: 4 * elements.count))
    }
    try copy(elements) { type.convert($0, into: target + $1) }
  }

  /// Gives a closure the bytes of elements piece by piece, least significant byte first, and how many
  /// elements came before.
  func copy(
    _ elements: Range<Int>, _ take: (_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Void
  ) throws(InputError) {
    let most = min(elements.count, Self.pieceSize / type.size)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: most * type.size, alignment: 16)
    defer { bytes.deallocate() }
    for start in stride(from: elements.lowerBound, to: elements.upperBound, by: max(1, most)) {
      let count = min(most, elements.upperBound - start)
      let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[..<(count * type.size)])
      try file.read(at: position + start * type.size, into: piece)
      type.swapIfBigEndian(piece)
      take(UnsafeRawBufferPointer(piece), start - elements.lowerBound)
    }
  }

  /// Writes the rows with the given numbers one behind the other as 32-bit numbers; rows that follow each
  /// other in the file too are read at once.
  ///
  /// - Parameter length: How many elements a row has.
  func copy(
    rows: UnsafeBufferPointer<Int>, length: Int, into target: UnsafeMutablePointer<Float>
  ) throws(InputError) {
    guard length > 0 else { return }
    // Those behind the first are fetched while it is read.
    forEachRun(of: rows) { row, count, place in
      if place > 0 {
        file.announce(
          at: position + row * length * type.size, count: count * length * type.size)
      }
    }
    try forEachRun(of: rows) { row, count, place throws(InputError) in
      try copy(row * length..<(row + count) * length, into: target + place * length)
    }
  }

  /// Gives a closure the rows that follow each other in the file too: the first, how many there are, and
  /// at which place of the given ones they begin.
  private func forEachRun<Failure: Error>(
    of rows: UnsafeBufferPointer<Int>, _ take: (Int, Int, Int) throws(Failure) -> Void
  ) throws(Failure) {
    var place = 0
    while place < rows.count {
      let first = rows[place]
      var end = place + 1
      while end < rows.count, rows[end] == first + end - place { end += 1 }
      try take(first, end - place, place)
      place = end
    }
  }
}
