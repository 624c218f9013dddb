import CZlib

/// Decodes PNG (ISO/IEC 15948): all depths, colour types and interlacing; colour profiles and gamma
/// are left alone, as TensorFlow and PIL do.
struct PNGDecoder {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private let header: PNGHeader
  private var palette: [UInt8] = []
  private var opacity: [UInt8] = []
  private var packed: [UInt8] = []

  /// Takes the chunks apart.
  init(_ bytes: [UInt8], comparesChecksums: Bool) throws(ImageProblem) {
    var header: PNGHeader?
    var position = Self.signature.count
    var isEnded = false
    while !isEnded {
      guard bytes.count - position >= 12 else { throw .cutShort }
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 12 else { throw .cutShort }
      let start = position + 8
      let name = String(decoding: bytes[position + 4..<start], as: UTF8.self)
      let data = bytes[start..<start + length]
      if header == nil, name != "IHDR" { throw .malformed("a PNG that begins with \(name)") }
      if comparesChecksums, ["IHDR", "PLTE", "IDAT", "tRNS"].contains(name) {
        try Self.checkSum(bytes, from: position + 4, to: start + length, name)
      }
      switch name {
      case "IHDR" where header == nil: header = try PNGHeader(data)
      case "PLTE": palette = Array(data)
      case "tRNS": opacity = Array(data)
      case "IDAT": packed += data
      case "IEND": isEnded = true
      default: break
      }
      position = start + length + 4
    }
    guard let header else { throw .cutShort }
    self.header = header
    guard !packed.isEmpty else { throw .cutShort }
    if header.colourType == 3 {
      guard !palette.isEmpty, palette.count % 3 == 0, palette.count <= 768 else {
        throw .malformed("a palette of \(palette.count) bytes")
      }
    }
  }

  private static func checkSum(
    _ bytes: [UInt8], from start: Int, to end: Int, _ name: String
  ) throws(ImageProblem) {
    let found = bytes.withUnsafeBufferPointer {
      crc32_z(0, $0.baseAddress?.advanced(by: start), end - start)
    }
    let wanted = bytes[end..<end + 4].reduce(0) { $0 << 8 | UInt($1) }
    guard UInt(found) == wanted else { throw .malformed("a wrong checksum of its part \(name)") }
  }

  /// The image with 1, 3 or 4 channels.
  func image(channels: Int) throws(ImageProblem) -> PixelImage {
    var stored = try inflated()
    var pixels = [UInt8](repeating: 0, count: header.width * header.height * channels)
    var position = 0
    for pass in header.passes {
      let size = header.rowSize(pass.width)
      var above: Int?
      for row in 0..<pass.height {
        let filter = stored[position]
        let start = position + 1
        try unfilter(&stored, filter, start: start, size: size, above: above)
        let target = ((pass.y + row * pass.stepY) * header.width + pass.x) * channels
        spread(
          stored, from: start, count: pass.width, into: &pixels, at: target,
          step: pass.stepX * channels, channels: channels)
        above = start
        position = start + size
      }
    }
    return PixelImage(
      width: header.width, height: header.height, channels: channels, bytes: pixels)
  }

  /// Unpacks into exactly as many bytes as the header promises.
  private func inflated() throws(ImageProblem) -> [UInt8] {
    let size = header.storedSize
    var stream = z_stream()
    guard
      inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformed("no memory to unpack it") }
    defer { inflateEnd(&stream) }
    var packed = packed
    var status = Z_OK
    var produced = 0
    let result = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      packed.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        // Both sizes are below 2³¹: files and images are limited.
        stream.next_out = buffer.baseAddress
        stream.avail_out = uInt(size)
        status = inflate(&stream, Z_FINISH)
        produced = size - Int(stream.avail_out)
      }
      initialized = produced
    }
    guard produced == size else {
      if status == Z_DATA_ERROR { throw .malformed("packed pixels that cannot be unpacked") }
      throw .cutShort
    }
    return result
  }

  /// Undoes the filter of a row: bytes were stored as differences from their neighbours.
  private func unfilter(
    _ bytes: inout [UInt8], _ filter: UInt8, start: Int, size: Int, above: Int?
  ) throws(ImageProblem) {
    let step = header.step
    func left(_ place: Int) -> UInt8 { place >= step ? bytes[start + place - step] : 0 }
    func up(_ place: Int) -> UInt8 { above.map { bytes[$0 + place] } ?? 0 }
    switch filter {
    case 0: return
    case 1: for place in step..<max(step, size) { bytes[start + place] &+= left(place) }
    case 2: for place in 0..<size { bytes[start + place] &+= up(place) }
    case 3:
      for place in 0..<size {
        bytes[start + place] &+= UInt8((Int(left(place)) + Int(up(place))) / 2)
      }
    case 4:
      for place in 0..<size {
        let corner = place >= step ? above.map { bytes[$0 + place - step] } ?? 0 : 0
        bytes[start + place] &+= Self.nearest(Int(left(place)), Int(up(place)), Int(corner))
      }
    default: throw .malformed("a row with filter \(filter), of which there are 0 to 4")
    }
  }

  /// Paeth's predictor: of three neighbours the one nearest to left + up − corner.
  private static func nearest(_ left: Int, _ up: Int, _ corner: Int) -> UInt8 {
    let guess = left + up - corner
    let (a, b, c) = (abs(guess - left), abs(guess - up), abs(guess - corner))
    return UInt8(a <= b && a <= c ? left : b <= c ? up : corner)
  }

  /// Writes the pixels of a row.
  private func spread(
    _ bytes: [UInt8], from start: Int, count: Int, into pixels: inout [UInt8], at target: Int,
    step: Int, channels: Int
  ) {
    /// A sample as a byte: of 16 bits the first 8, fewer stretched; numbers of colours as they are.
    func sample(_ number: Int) -> UInt8 {
      switch header.depth {
      case 16: return bytes[start + 2 * number]
      case 8: return bytes[start + number]
      default:
        let bit = number * header.depth
        let most = 1 << header.depth - 1
        let value = Int(bytes[start + bit / 8]) >> (8 - header.depth - bit % 8) & most
        return UInt8(header.colourType == 3 ? value : value * 255 / most)
      }
    }
    for column in 0..<count {
      var (red, green, blue, alpha): (UInt8, UInt8, UInt8, UInt8)
      switch header.colourType {
      case 3:
        let colour = Int(sample(column))
        // A number without a colour is black, as libpng has it.
        let isKnown = 3 * colour + 2 < palette.count
        red = isKnown ? palette[3 * colour] : 0
        green = isKnown ? palette[3 * colour + 1] : 0
        blue = isKnown ? palette[3 * colour + 2] : 0
        alpha = colour < opacity.count ? opacity[colour] : 255
      case 2, 6:
        let first = column * header.samples
        (red, green, blue) = (sample(first), sample(first + 1), sample(first + 2))
        alpha = header.colourType == 6 ? sample(first + 3) : 255
      default:
        red = sample(column * header.samples)
        (green, blue) = (red, red)
        alpha = header.colourType == 4 ? sample(column * 2 + 1) : 255
      }
      let place = target + column * step
      if channels == 1 {
        pixels[place] = Self.gray(red, green, blue)
      } else {
        (pixels[place], pixels[place + 1], pixels[place + 2]) = (red, green, blue)
        if channels == 4 { pixels[place + 3] = alpha }
      }
    }
  }

  /// 0.299, 0.587 and 0.114 of the colours in 32768ths, cut to a whole number as libpng does.
  private static func gray(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    if red == green, green == blue { return red }
    let reds: Int = 9798 * Int(red)
    let greens: Int = 19235 * Int(green)
    let blues: Int = 3735 * Int(blue)
    return UInt8((reds + greens + blues) >> 15)
  }
}
