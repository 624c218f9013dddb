package import Graphs
package import JSON
import Tensors

/// The arguments that all global pooling layers have.
package struct GlobalPoolingArguments: Hashable, Sendable {
  package let channelsFirst: Bool
  package let keepsAxes: Bool

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    channelsFirst =
      try configuration.string("data_format", default: "channels_last") == "channels_first"
    keepsAxes = try configuration.bool("keepdims", default: false)
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result = JSONObject()
    if channelsFirst { result["data_format"] = "channels_first" }
    result.set("keepdims", keepsAxes, default: false)
    return result
  }
}

/// A layer that makes one number of each channel of each row.
package protocol GlobalPoolingLayer: Layer {
  /// How many axes vanish.
  static var axisCount: Int { get }
  /// The arguments.
  var arguments: GlobalPoolingArguments { get }
  /// Makes one of many along axes.
  func reduce(_ value: Value, axes: [Int], keepAxes: Bool, in graph: inout Graph) -> Value
}

extension GlobalPoolingLayer {
  package var configuration: JSONObject { arguments.configuration }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try pooled(single(inputs), scope: &scope)
  }

  /// One number of each channel, all places alike.
  package func pooled(_ x: Value, scope: inout LayerScope) throws -> Value {
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, scope.graph.shape(x))
    let first = arguments.channelsFirst ? 2 : 1
    return reduce(
      x, axes: Array(first..<first + Self.axisCount), keepAxes: arguments.keepsAxes,
      in: &scope.graph)
  }
}
