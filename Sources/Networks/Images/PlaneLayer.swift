package import Graphs
package import Tensors

/// A layer that works on the axes between batch and channels, wherever the channels are.
package protocol PlaneLayer: Layer {
  /// How many such axes there are.
  static var axisCount: Int { get }
  /// Where the channels are.
  var order: ChannelOrder { get }
  /// Builds what the layer computes.
  ///
  /// - Parameter x: The input, channels last.
  /// - Returns: The result, channels last.
  func transformed(_ x: Value, scope: inout LayerScope) throws -> Value
}

extension PlaneLayer {
  /// The shape of the only input with its channels at the end.
  package func plane(_ inputs: [Shape]) throws -> Shape {
    let shape = try single(inputs)
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, shape)
    guard order == .first else { return shape }
    return Shape([shape[0]] + shape.extents[2...] + [shape[1]])
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, scope.graph.shape(x))
    let result = try transformed(order.channelsLast(x, in: &scope.graph), scope: &scope)
    return order.restored(result, in: &scope.graph)
  }
}
