import Foundation
package import JSON
package import Tensors

/// The cosines or sines of a short-time Fourier transform under a window: `[frame, channels,
/// frequencies]`.
///
/// Window, scaling and angles are those of `keras/src/initializers/constant_initializers.py`.
package struct STFT: Initializer {
  package static let className = "STFT"
  package static let names = ["stft"]
  /// `real` for cosines, `imag` for sines.
  package let side: String
  /// The window's name; `nil`: none.
  package let window: String?
  /// What the sum of the window is brought to 1 by: `density`, `spectrum`, or `nil` for nothing.
  package let scaling: String?
  /// Whether the window goes on where it ended.
  package let isPeriodic: Bool

  /// The cosine series of the windows: a₀ − a₁ cos x + a₂ cos 2x.
  private static let windows: [String: [Double]] = [
    "hann": [0.5, 0.5], "hamming": [0.54, 0.46], "blackman": [0.42, 0.5, 0.08], "boxcar": [1],
  ]

  package init(configuration: Configuration) throws {
    side = try configuration.string("side", default: "real")
    window =
      configuration.values["window"]?.isNull == true
      ? nil : try configuration.string("window", default: "hann")
    scaling =
      configuration.values["scaling"]?.isNull == true
      ? nil : try configuration.string("scaling", default: "density")
    isPeriodic = try configuration.bool("periodic", default: false)
    let choices: [(String, String?, [String])] = [
      ("side", side, ["real", "imag"]), ("window", window, Self.windows.keys.sorted()),
      ("scaling", scaling, ["density", "spectrum"]),
    ]
    for (key, found, known) in choices {
      if let found, !known.contains(found) {
        throw configuration.error(
          key, found: .string(found), expected: known.joined(separator: ", "))
      }
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("side", side, default: "real")
    if window != "hann" { result["window"] = window.map { .string($0) } ?? .null }
    if scaling != "density" { result["scaling"] = scaling.map { .string($0) } ?? .null }
    result.set("periodic", isPeriodic, default: false)
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    guard shape.rank == 3 else {
      throw ShapeError(
        subject: "initializer STFT", found: "\(shape)", expected: "frame, channels, frequencies")
    }
    let (length, channels, frequencies) = (shape[0], shape[1], shape[2])
    var weights = [Double](repeating: 1, count: length)
    var divisor = 1.0
    if let window, let series = Self.windows[window] {
      let period = Double(max(1, isPeriodic ? length : length - 1))
      if length > 1 {
        weights = (0..<length).map { place in
          series.enumerated().reduce(0) { sum, term in
            let sign = term.offset % 2 == 0 ? 1.0 : -1.0
            return sum + sign * term.element
              * cos(2 * .pi * Double(term.offset) * Double(place) / period)
          }
        }
      }
      switch scaling {
      case "density": divisor = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      case "spectrum": divisor = weights.reduce(0) { $0 + abs($1) }
      default: break
      }
    }
    var scalars: [Float] = []
    scalars.reserveCapacity(shape.count)
    for time in 0..<length {
      for _ in 0..<channels {
        for frequency in 0..<frequencies {
          let turns = Double(time) * Double(frequency) / Double(max(1, 2 * (frequencies - 1)))
          let angle = -2 * .pi * turns
          let wave = side == "real" ? cos(angle) : sin(angle)
          scalars.append(Float(wave * weights[time] / divisor))
        }
      }
    }
    return Tensor(shape: shape, scalars: scalars)
  }
}
