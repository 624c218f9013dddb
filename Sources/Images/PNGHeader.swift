/// The header of a PNG: its size, and how pixels are stored.
struct PNGHeader {
  let width: Int
  let height: Int
  /// Bits of one sample.
  let depth: Int
  /// 0 gray, 2 colours, 3 numbers in a palette, 4 gray and opacity, 6 colours and opacity.
  let colourType: Int
  let isInterlaced: Bool

  /// Which depths each kind of pixel can have (PNG specification, table 11.1).
  private static let depths: [Int: Set<Int>] = [
    0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
  ]

  init(_ data: ArraySlice<UInt8>) throws(ImageProblem) {
    guard data.count == 13 else { throw .malformed("a PNG header of \(data.count) bytes, not 13") }
    let bytes = Array(data)
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    (width, height) = (number(0), number(4))
    try ImageFile.check(width: width, height: height)
    (depth, colourType) = (Int(bytes[8]), Int(bytes[9]))
    guard Self.depths[colourType]?.contains(depth) == true, bytes[10] == 0, bytes[11] == 0,
      bytes[12] <= 1
    else {
      throw .malformed(
        "a PNG header with depth \(depth), colour type \(colourType), methods "
          + "\(bytes[10]), \(bytes[11]), \(bytes[12])")
    }
    isInterlaced = bytes[12] == 1
  }

  /// Samples of one pixel as stored.
  var samples: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colourType] ?? 1 }
  /// Bytes from a sample to the one that a filter compares it with.
  var step: Int { max(1, samples * depth / 8) }

  /// The images that an interlaced one is stored as, smallest first (Adam7); or the image itself.
  var passes: [(x: Int, y: Int, stepX: Int, stepY: Int, width: Int, height: Int)] {
    let all =
      isInterlaced
      ? [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
      ] : [(0, 0, 1, 1)]
    return all.compactMap { x, y, stepX, stepY in
      let columns = (width - x + stepX - 1) / stepX
      let rows = (height - y + stepY - 1) / stepY
      return columns > 0 && rows > 0 ? (x, y, stepX, stepY, columns, rows) : nil
    }
  }

  /// Bytes of a row of so many pixels.
  func rowSize(_ pixels: Int) -> Int { (pixels * samples * depth + 7) / 8 }

  /// Bytes of the whole image, with the byte before each row that says how it is filtered.
  var storedSize: Int { passes.reduce(0) { $0 + $1.height * (1 + rowSize($1.width)) } }
}
