package import Graphs
package import JSON
import Tensors

/// In training, blurs images, each with a probability drawn from `factor`; how wide the bells are is
/// drawn once for the whole batch.
package struct RandomGaussianBlur: AugmentationLayer {
  package static let className = "RandomGaussianBlur"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let sigma: RandomRange
  package let sizes: [Int]
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, default: 1, bounds: 0...1)
    sigma = try RandomRange("sigma", configuration, default: 1, bounds: 0...1)
    sizes = try configuration.extents(
      "kernel_size", axes: 2, default: [3, 3], in: 1...Self.largestSize)
    guard sizes.allSatisfy({ $0 % 2 == 1 }) else {
      throw configuration.error(
        "kernel_size", found: configuration.value("kernel_size"), expected: "odd numbers")
    }
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if factor.json != 1.0 { result["factor"] = factor.json }
    if sigma.json != 1.0 { result["sigma"] = sigma.json }
    result.set("kernel_size", sizes, default: [3, 3])
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let isChosen = chosen(x, probability: factor, scope: &scope)
    // Across first, as Keras counts them.
    let across = bell(sizes[0], scope: &scope)
    let down = bell(sizes[1], scope: &scope)
    let blurred = scope.graph.smeared(
      scope.graph.smeared(x, axis: 1, by: down), axis: 2, by: across)
    return range.clipped(scope.graph.select(isChosen, blurred, x), in: &scope.graph)
  }

  /// Every element of the bell is an operation of the graph; files may hold any number.
  private static let largestSize = 99

  /// The weights of a bell curve of a random width, which sum to 1.
  private func bell(_ size: Int, scope: inout LayerScope) -> [Value] {
    let width = scope.graph.add(sigma.drawn([1, 1, 1, 1], scope: &scope), 1e-6)
    let heights = (0..<size).map { place -> Value in
      let away = scope.graph.constant(Double(place) - Double(size - 1) / 2, shape: [1, 1, 1, 1])
      let square = scope.graph.unary(.square, scope.graph.divide(away, width))
      return scope.graph.unary(.exponential, scope.graph.scale(square, by: -0.5))
    }
    let total = heights.dropFirst().reduce(heights[0]) { scope.graph.add($0, $1) }
    return heights.map { scope.graph.divide($0, total) }
  }
}
