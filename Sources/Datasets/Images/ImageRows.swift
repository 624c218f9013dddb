import FileAccess
import Images
import Tensors

/// Images that stay in their files; a batch's are decoded when they are needed.
struct ImageRows: RowSource {
  let shape: Shape
  private let paths: [String]
  private let size: ImageSize

  /// - Parameter size: The size that all images are brought to.
  init(_ paths: [String], size: ImageSize) {
    shape = [paths.count, size.height, size.width, size.channels]
    (self.paths, self.size) = (paths, size)
  }

  func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    try decode(rows, into: buffer)
  }

  func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    try decode(rows, into: buffer)
  }

  /// The first images in memory.
  ///
  /// - Throws: ``InputError`` for an image that cannot be decoded.
  func first(_ count: Int) throws(InputError) -> Tensor {
    var scalars: [Float] = []
    scalars.reserveCapacity(count * size.count)
    for row in 0..<count { scalars += try pixels(row) }
    return Tensor(shape: Shape([count] + rowShape.extents), scalars: scalars)
  }

  private func decode(
    _ rows: some Sequence<Int>, into buffer: UnsafeMutablePointer<Float>
  ) throws(InputError) {
    for (place, row) in rows.enumerated() {
      (buffer + place * size.count).update(from: try pixels(row), count: size.count)
    }
  }

  private func pixels(_ row: Int) throws(InputError) -> [Float] {
    try ImageFile.image(path: paths[row], channels: size.channels)
      .resized(width: size.width, height: size.height)
  }
}
