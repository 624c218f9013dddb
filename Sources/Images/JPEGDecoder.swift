import CTurboJPEG

/// Decodes JPEG with libjpeg-turbo, by the slow and exact transform that PIL and TensorFlow use.
enum JPEGDecoder {
  /// Stops images that take minutes by thousands of scans.
  private static let flags = Int32(TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)

  static func image(_ bytes: [UInt8], channels: Int) throws(ImageProblem) -> PixelImage {
    guard let decoder = tjInitDecompress() else { throw .undecodable("no memory") }
    defer { tjDestroy(decoder) }
    var (width, height): (Int32, Int32) = (0, 0)
    var (sampling, colours): (Int32, Int32) = (0, 0)
    let size = UInt(bytes.count)
    guard
      tjDecompressHeader3(decoder, bytes, size, &width, &height, &sampling, &colours) == 0
    else { throw .undecodable(message(decoder)) }
    try ImageFile.check(width: Int(width), height: Int(height))
    let format = channels == 1 ? TJPF_GRAY : channels == 3 ? TJPF_RGB : TJPF_RGBA
    let count = Int(width) * Int(height) * channels
    var status: Int32 = 0
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      // A decoder that gives up half way leaves the rest as it was.
      buffer.initialize(repeating: 0)
      status = tjDecompress2(
        decoder, bytes, size, buffer.baseAddress, width, 0, height, format.signed, flags)
      initialized = count
    }
    if status != 0 {
      let text = message(decoder)
      // Common, and every pixel is there all the same.
      let isHarmless = ["extraneous bytes", "SOS parameters for sequential"].contains {
        text.contains($0)
      }
      guard isHarmless else { throw .undecodable(text) }
    }
    return PixelImage(
      width: Int(width), height: Int(height), channels: channels, bytes: pixels)
  }

  private static func message(_ decoder: tjhandle) -> String {
    guard let text = tjGetErrorStr2(decoder) else { return "unknown error" }
    return String(cString: text)
  }
}

extension TJPF {
  /// C enums are unsigned where no member is negative, which differs between versions.
  fileprivate var signed: Int32 { Int32(truncatingIfNeeded: rawValue) }
}
