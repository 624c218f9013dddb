public import FileAccess

/// Reading of image files: PNG and JPEG, told by their first bytes and not by their names.
public enum ImageFile {
  /// What is accepted of files that may be hostile.
  public enum Limit {
    /// Bytes in a file; a photograph of the largest size below takes a tenth of it.
    public static let fileSize = 256 << 20
    /// Pixels in an image: 8192 × 8192, 256 MiB once decoded with four channels.
    public static let pixels = 1 << 26
  }

  /// The ends of the names of files that Keras takes for images.
  public static let kinds: Set<String> = ["png", "jpg", "jpeg", "bmp", "gif"]

  /// Decodes an image file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - channels: 1, 3 or 4; colours are made gray, and opacity is left out or full, as TensorFlow
  ///     does it.
  /// - Throws: ``InputError`` for what cannot be read or is no such image.
  public static func image(path: String, channels: Int) throws(InputError) -> PixelImage {
    let bytes = try ReadableFile(path: path).allBytes(limit: Limit.fileSize)
    do throws(ImageProblem) {
      return try image(bytes: bytes, channels: channels)
    } catch {
      throw InputError(error, in: path)
    }
  }

  /// Decodes the bytes of an image file.
  ///
  /// - Throws: ``ImageProblem``.
  public static func image(
    bytes: [UInt8], channels: Int
  ) throws(ImageProblem) -> PixelImage {
    try image(bytes: bytes, channels: channels, comparesChecksums: true)
  }

  /// Decodes the bytes of an image file, if wanted without looking at the checksums of a PNG.
  ///
  /// - Throws: ``ImageProblem``.
  package static func image(
    bytes: [UInt8], channels: Int, comparesChecksums: Bool
  ) throws(ImageProblem) -> PixelImage {
    if bytes.starts(with: PNGDecoder.signature) {
      return try PNGDecoder(bytes, comparesChecksums: comparesChecksums).image(channels: channels)
    }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      return try JPEGDecoder.image(bytes, channels: channels)
    }
    throw .unknownKind(kind(of: bytes))
  }

  /// What a file that is not read is.
  private static func kind(of bytes: [UInt8]) -> String? {
    let known: [(start: String, name: String)] = [
      ("GIF8", "a GIF"), ("BM", "a BMP"), ("RIFF", "a WebP"), ("II*\0", "a TIFF"),
      ("MM\0*", "a TIFF"),
    ]
    return known.first { bytes.starts(with: $0.start.utf8) }?.name
  }

  /// Checks the size that a header promises.
  package static func check(width: Int, height: Int) throws(ImageProblem) {
    guard width > 0, height > 0 else {
      throw .malformed("a size of \(width) × \(height) pixels")
    }
    // Each fits in 31 bits, so that the product cannot overflow.
    guard width <= Int(Int32.max), height <= Int(Int32.max), width * height <= Limit.pixels else {
      throw .tooLarge(width: width, height: height, limit: Limit.pixels)
    }
  }
}
