public import Graphs

/// What a layer computed, with the mask that Keras hands on beside it.
public struct MaskedValue: Hashable, Sendable {
  /// What was computed.
  public let value: Value
  /// 1 for each step that counts, else 0: `[batch, steps]`. `nil`: all count.
  public let mask: Value?

  package init(_ value: Value, mask: Value? = nil) {
    self.value = value
    self.mask = mask
  }
}
