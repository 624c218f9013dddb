#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One of the two streams that a program writes to.
package enum OutputStream: Int32, Sendable {
  /// What the user asked for; other programs can read it.
  case results = 1
  /// Progress and errors.
  case messages = 2

  /// Whether the stream ends on a terminal.
  package var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The width of the terminal in columns; `nil` if there is none.
  package var columns: Int? {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// What suits this stream.
  package func appearance(environment: [String: String]) -> Appearance {
    let isTerminal = isTerminal
    return Appearance(
      environment: environment, isTerminal: isTerminal, columns: isTerminal ? columns : nil)
  }

  /// Writes text at once. Whether it arrived: a closed pipe or a full disk is no reason to stop
  /// work whose results also go elsewhere, but the caller may want to say so.
  @discardableResult
  package func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        #if canImport(Darwin)
          let written = Darwin.write(rawValue, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
          let written = Musl.write(rawValue, rest.baseAddress, rest.count)
        #else
          let written = Glibc.write(rawValue, rest.baseAddress, rest.count)
        #endif
        if written < 0 {
          if errno == EINTR || errno == EAGAIN { continue }
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
      return true
    }
  }
}
