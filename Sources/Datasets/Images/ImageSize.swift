/// The size that images are brought to.
public struct ImageSize: Hashable, Sendable {
  /// What Keras' `image_dataset_from_directory` makes of images if it is not told.
  public static let standard = ImageSize(height: 256, width: 256, channels: 3)

  /// The number of rows.
  public var height: Int
  /// The number of columns.
  public var width: Int
  /// 1, 3 or 4.
  public var channels: Int

  /// A size.
  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The size of a model's input, `[rows, columns, channels]`; `nil` if it takes no images.
  public init?(rowShape: [Int]) {
    guard rowShape.count == 3, [1, 3, 4].contains(rowShape[2]) else { return nil }
    self.init(height: rowShape[0], width: rowShape[1], channels: rowShape[2])
  }

  /// How many numbers an image is.
  var count: Int { height * width * channels }
}
