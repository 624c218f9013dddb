/// An image as bytes, row by row, the channels of a pixel beside each other.
public struct PixelImage: Hashable, Sendable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// 1 (gray), 3 (red, green, blue) or 4 (with opacity).
  public let channels: Int
  /// `height · width · channels` bytes.
  public let bytes: [UInt8]

  /// An image.
  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * channels, "\(bytes.count) bytes for an image")
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// The image with other rows and columns, as TensorFlow's bilinear `tf.image.resize` computes it:
  /// pixels are squares, and what lies beyond the edge is the edge.
  public func resized(width newWidth: Int, height newHeight: Int) -> [Float] {
    if newWidth == width, newHeight == height { return bytes.map(Float.init) }
    let across = Self.places(width, to: newWidth)
    let down = Self.places(height, to: newHeight)
    let count = newWidth * newHeight * channels
    return [Float](unsafeUninitializedCapacity: count) { result, initialized in
      bytes.withUnsafeBufferPointer { bytes in
        var next = 0
        for row in down {
          let (top, bottom) = (row.lower * width, row.upper * width)
          for column in across {
            for channel in 0..<channels {
              func pixel(_ row: Int, _ column: Int) -> Float {
                Float(bytes[(row + column) * channels + channel])
              }
              let left = pixel(top, column.lower)
              let above = left + (pixel(top, column.upper) - left) * column.share
              let lowerLeft = pixel(bottom, column.lower)
              let below = lowerLeft + (pixel(bottom, column.upper) - lowerLeft) * column.share
              result[next] = above + (below - above) * row.share
              next += 1
            }
          }
        }
      }
      initialized = count
    }
  }

  /// For each new place the two old ones around it, and how far it lies towards the second.
  private static func places(
    _ old: Int, to new: Int
  ) -> [(lower: Int, upper: Int, share: Float)] {
    let step = Float(old) / Float(new)
    return (0..<new).map { place in
      let middle = (Float(place) + 0.5) * step - 0.5
      let lower = middle.rounded(.down)
      return (max(Int(lower), 0), min(Int(lower) + 1, old - 1), middle - lower)
    }
  }
}
