package import Graphs
package import JSON
import Tensors

/// Where planes have their channels: Keras' `data_format`.
package enum ChannelOrder: String, Hashable, Sendable {
  /// `[batch, rows, columns, channels]`
  case last = "channels_last"
  /// `[batch, channels, rows, columns]`
  case first = "channels_first"

  /// Reads the order.
  package init(_ configuration: Configuration) throws {
    let text = try configuration.string("data_format", default: Self.last.rawValue)
    guard let order = Self(rawValue: text) else {
      throw configuration.error(
        "data_format", found: .string(text), expected: "channels_last or channels_first")
    }
    self = order
  }

  /// Writes the order unless it is Keras' default.
  package func write(to result: inout JSONObject) {
    result.set("data_format", rawValue, default: Self.last.rawValue)
  }

  /// The value with its channels at the end.
  package func channelsLast(_ value: Value, in graph: inout Graph) -> Value {
    let rank = graph.shape(value).rank
    guard self == .first, rank > 2 else { return value }
    return graph.transpose(value, [0] + Array(2..<rank) + [1])
  }

  /// A value with its channels at the end, in this order.
  package func restored(_ value: Value, in graph: inout Graph) -> Value {
    let rank = graph.shape(value).rank
    guard self == .first, rank > 2 else { return value }
    return graph.transpose(value, [0, rank - 1] + Array(1..<rank - 1))
  }
}
