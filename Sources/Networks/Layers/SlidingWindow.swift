package import Graphs
package import JSON
package import Tensors

/// How a convolution or a pooling walks over the axes between batch and channels.
package struct SlidingWindow: Hashable, Sendable {
  /// What happens at the edges.
  package enum Padding: String, Hashable, Sendable {
    /// The window stays inside.
    case valid
    /// As many places as the input has elements, divided by the stride and rounded up.
    case same
    /// The window sees nothing behind its place.
    case causal
  }

  /// Larger windows than anyone uses; files may hold any number.
  package static let largestSize = 512
  /// Larger steps than any input is wide.
  package static let largestStep = 1 << 20

  package let sizes: [Int]
  package let strides: [Int]
  package let dilations: [Int]
  package let padding: Padding

  /// Reads the window.
  ///
  /// - Parameters:
  ///   - sizeKey: The member that says how large the window is.
  ///   - strides: The strides if the configuration has none; `nil` for the window's size.
  package init(
    _ configuration: Configuration, sizeKey: String, axes: Int, defaultSizes: [Int]? = nil,
    defaultStrides: [Int]? = nil, isCausal: Bool = false
  ) throws {
    sizes = try configuration.extents(
      sizeKey, axes: axes, default: defaultSizes, in: 1...Self.largestSize)
    strides = try configuration.extents(
      "strides", axes: axes, default: defaultStrides ?? sizes, in: 1...Self.largestStep)
    dilations = try configuration.extents(
      "dilation_rate", axes: axes, default: [Int](repeating: 1, count: axes),
      in: 1...Self.largestStep)
    let text = try configuration.string("padding", default: "valid").lowercased()
    guard let padding = Padding(rawValue: text), padding != .causal || isCausal else {
      throw configuration.error(
        "padding", found: .string(text),
        expected: isCausal ? "valid, same or causal" : "valid or same")
    }
    self.padding = padding
  }

  /// How many places the window takes along an axis, and how many cells are added at its ends.
  ///
  /// - Throws: ``ShapeError`` for an input that is smaller than the window.
  package func places(
    _ axis: Int, of shape: Shape, layer: String
  ) throws -> (count: Int, low: Int, high: Int) {
    let extent = shape[axis + 1]
    let span = (sizes[axis] - 1) * dilations[axis] + 1
    if padding == .same {
      let count = (extent + strides[axis] - 1) / strides[axis]
      let missing = max(0, (count - 1) * strides[axis] + span - extent)
      return (count, missing / 2, missing - missing / 2)
    }
    let low = padding == .causal ? span - 1 : 0
    guard extent + low >= span else {
      throw ShapeError(
        subject: layer, found: "input of shape \(shape)",
        expected: "\(span) elements or more along axis \(axis + 1)")
    }
    return ((extent + low - span) / strides[axis] + 1, low, 0)
  }

  /// The window as operations take it, and how far it may stand over the end of each axis.
  ///
  /// - Throws: ``ShapeError`` for an input that is smaller than the window.
  package func placed(on shape: Shape, layer: String) throws -> (window: Window, high: [Int]) {
    let ends = try sizes.indices.map { try places($0, of: shape, layer: layer) }
    let window = Window(
      sizes: sizes, strides: strides, dilations: dilations, low: ends.map(\.low))
    return (window, ends.map(\.high))
  }
}

extension Configuration {
  /// One whole number for each axis: a list, or a number that holds for all.
  package func extents(
    _ key: String, axes: Int, default standard: [Int]?, in range: ClosedRange<Int>
  ) throws -> [Int] {
    guard let given = try ints(key) ?? standard else {
      throw error(key, found: nil, expected: "whole numbers")
    }
    let result = given.count == 1 ? [Int](repeating: given[0], count: axes) : given
    guard result.count == axes, result.allSatisfy({ range.contains($0) }) else {
      throw error(
        key, found: value(key),
        expected: "\(axes) whole numbers from \(range.lowerBound) to \(range.upperBound)")
    }
    return result
  }
}

extension JSONObject {
  /// Sets whole numbers, one for each axis, unless they are Keras' default.
  package mutating func set(_ key: String, _ values: [Int], default standard: [Int]?) {
    if values != standard { self[key] = .array(values.map { .int($0) }) }
  }
}

extension SlidingWindow {
  /// Writes the window of a convolution as Keras' configurations have it.
  func write(to configuration: inout JSONObject) {
    let ones = [Int](repeating: 1, count: sizes.count)
    configuration.set("kernel_size", sizes, default: nil)
    configuration.set("strides", strides, default: ones)
    configuration.set("padding", padding.rawValue, default: "valid")
    configuration.set("dilation_rate", dilations, default: ones)
  }
}
