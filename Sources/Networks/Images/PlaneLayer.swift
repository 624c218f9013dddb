package import Graphs
import Tensors

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
  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, scope.graph.shape(x))
    let result = try transformed(order.channelsLast(x, in: &scope.graph), scope: &scope)
    return order.restored(result, in: &scope.graph)
  }
}
