package import Graphs
package import JSON
import Tensors

/// The arguments that all adaptive pooling layers have.
package struct AdaptivePoolingArguments: Hashable, Sendable {
  /// Every part is an operation of the graph; files may hold any number.
  private static let mostParts = 512

  package let sizes: [Int]
  package let order: ChannelOrder

  /// Reads the arguments.
  package init(_ configuration: Configuration, axes: Int) throws {
    sizes = try configuration.extents(
      "output_size", axes: axes, default: nil, in: 1...Self.mostParts)
    order = try ChannelOrder(configuration)
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("output_size", sizes, default: nil)
    order.write(to: &result)
    return result
  }
}

/// A layer that makes a given number of elements of each axis, whatever its extent: part i of n
/// reaches from ⌊i · extent / n⌋ to ⌈(i + 1) · extent / n⌉, so that parts may overlap.
package protocol AdaptivePoolingLayer: PlaneLayer {
  /// The arguments.
  var arguments: AdaptivePoolingArguments { get }
  /// Makes one of many along an axis, which vanishes.
  func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value
}

extension AdaptivePoolingLayer {
  package var order: ChannelOrder { arguments.order }
  package var configuration: JSONObject { arguments.configuration }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    var result = x
    for (position, size) in arguments.sizes.enumerated() {
      result = parts(result, axis: position + 1, count: size, in: &scope.graph)
    }
    return result
  }

  private func parts(
    _ value: Value, axis: Int, count: Int, in graph: inout Graph
  ) -> Value {
    var extents = graph.shape(value).extents
    let extent = extents[axis]
    if extent % count == 0 {
      extents.replaceSubrange(axis...axis, with: [count, extent / count])
      return reduce(graph.reshape(value, to: Shape(extents)), axis: axis + 1, in: &graph)
    }
    let parts = (0..<count).map { part -> Value in
      var starts = [Int](repeating: 0, count: extents.count)
      starts[axis] = part * extent / count
      var sizes = extents
      sizes[axis] = ((part + 1) * extent + count - 1) / count - starts[axis]
      let one = reduce(
        graph.slice(value, starts: starts, sizes: sizes), axis: axis, in: &graph)
      sizes[axis] = 1
      return graph.reshape(one, to: Shape(sizes))
    }
    return graph.concatenate(parts, axis: axis)
  }
}
