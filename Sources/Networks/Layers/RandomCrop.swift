package import Graphs
package import JSON
import Tensors

/// In training, a random window of the images, the same for the whole batch. Otherwise, and of images
/// that are not larger, the largest window of the same proportions from the middle, resized.
///
/// Keras declares the same shape for both, but from 3.7 on hands whole images on where it is not
/// training, so that a model with a Dense layer behind fails there. This follows what is documented.
package struct RandomCrop: AugmentationLayer {
  package static let className = "RandomCrop"
  package let arguments: ImageArguments
  package let height: Int
  package let width: Int

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    (height, width) = try configuration.imageSize()
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["height": .int(height), "width": .int(width)]
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    guard shape[1] > height, shape[2] > width else { return notLarger(x, in: &scope.graph) }
    let rows = window(height, of: shape[1], scope: &scope)
    let columns = window(width, of: shape[2], scope: &scope)
    return scope.graph.resampled(
      scope.graph.resampled(x, axis: 1, by: rows), axis: 2, by: columns)
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    scope.isTraining
      ? try augmented(x, scope: &scope)
      : scope.graph.middle(x, height: height, width: width)
  }

  /// Keras starts at the corner of the largest window of the same proportions, but takes as much
  /// from there as the size says and the image has.
  private func notLarger(_ x: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(x)
    let tall = max(min(shape[1], Int(Double(shape[2] * height) / Double(width))), 1)
    let wide = max(min(shape[2], Int(Double(shape[1] * width) / Double(height))), 1)
    let (top, left) = ((shape[1] - tall) / 2, (shape[2] - wide) / 2)
    let window = graph.slice(
      x, starts: [0, top, left, 0],
      sizes: [shape[0], min(height, shape[1] - top), min(width, shape[2] - left), shape[3]])
    return graph.resized(window, to: [height, width], by: .bilinear)
  }

  /// A matrix that picks neighbouring rows from a random one on.
  private func window(_ size: Int, of extent: Int, scope: inout LayerScope) -> Value {
    let random = scope.random(.uniform, shape: [1])
    let start = scope.graph.unary(
      .floor, scope.graph.scale(random, by: Double(extent - size + 1)))
    return scope.graph.oneHot(
      scope.graph.add(scope.graph.counting(size), start), classes: extent)
  }
}
