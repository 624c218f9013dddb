package import Graphs
package import JSON
import Tensors

/// A layer that drops whole channels: one decision for all places of a channel.
package protocol SpatialDropoutLayer: Layer {
  /// How many axes a channel extends over.
  static var axisCount: Int { get }
  /// The arguments.
  var arguments: DropoutArguments { get }
}

extension SpatialDropoutLayer {
  package static var supportsMasking: Bool { true }
  package var configuration: JSONObject { arguments.configuration }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, shape)
    var extents = shape.extents
    for axis in 1...Self.axisCount { extents[axis] = 1 }
    return arguments.dropped(x, mask: Shape(extents), scope: &scope)
  }

  /// Refuses channels before the places, which is not what the axes above mean.
  package static func requireChannelsLast(_ configuration: Configuration) throws {
    let format = try configuration.string("data_format", default: "channels_last")
    guard format == "channels_last" else {
      throw configuration.error(
        "data_format", found: .string(format), expected: "channels_last")
    }
  }
}
