package import Graphs
package import JSON
import Tensors

/// Images with `height` rows and `width` columns: stretched, or with their proportions kept by
/// cutting or by padding.
package struct Resizing: PlaneLayer {
  package static let className = "Resizing"
  package static let axisCount = 2
  package let height: Int
  package let width: Int
  package let interpolation: Interpolation
  package let crops: Bool
  package let pads: Bool
  package let fillValue: Double
  package let antialias: Bool
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    (height, width) = try configuration.imageSize()
    interpolation = try Interpolation(configuration, default: .bilinear)
    crops = try configuration.bool("crop_to_aspect_ratio", default: false)
    pads = try configuration.bool("pad_to_aspect_ratio", default: false)
    guard !(crops && pads) else {
      throw configuration.error(
        "pad_to_aspect_ratio", found: true, expected: "false, as crop_to_aspect_ratio is true")
    }
    let mode = try configuration.string("fill_mode", default: "constant")
    guard mode == "constant" else {
      throw configuration.error("fill_mode", found: .string(mode), expected: "constant")
    }
    fillValue = try configuration.double("fill_value", default: 0)
    antialias = try configuration.bool("antialias", default: false)
    order = try ChannelOrder(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["height": .int(height), "width": .int(width)]
    result.set("interpolation", interpolation.rawValue, default: Interpolation.bilinear.rawValue)
    result.set("crop_to_aspect_ratio", crops, default: false)
    result.set("pad_to_aspect_ratio", pads, default: false)
    result.set("fill_value", fillValue, default: 0)
    result.set("antialias", antialias, default: false)
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    if crops {
      return scope.graph.middle(
        x, height: height, width: width, by: interpolation, antialias: antialias)
    }
    let whole = pads ? padded(x, in: &scope.graph) : x
    return scope.graph.resized(
      whole, to: [height, width], by: interpolation, antialias: antialias)
  }

  /// `fillValue` above and below, or at both sides, until the proportions fit.
  private func padded(_ x: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(x)
    let tall = max(shape[1], Int(Double(shape[2] * height) / Double(width)))
    let wide = max(shape[2], Int(Double(shape[1] * width) / Double(height)))
    // Keras pads one axis only, and with half of what is missing at each end.
    let rows = (tall - shape[1]) / 2
    let margins = [0, rows, rows > 0 ? 0 : (wide - shape[2]) / 2, 0]
    let padded = graph.pad(x, low: margins, high: margins)
    guard fillValue != 0, padded != x else { return padded }
    let inside = graph.pad(
      graph.constant(1, shape: [1, shape[1], shape[2], 1]), low: margins, high: margins)
    return graph.select(inside, padded, graph.constant(fillValue))
  }
}

extension Configuration {
  /// The members `height` and `width` of layers that make images of a size.
  package func imageSize() throws -> (height: Int, width: Int) {
    func extent(_ key: String) throws -> Int {
      try extents(key, axes: 1, default: nil, in: 1...SlidingWindow.largestStep)[0]
    }
    return (try extent("height"), try extent("width"))
  }
}
