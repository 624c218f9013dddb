/// Where the first NaN or infinity of a run arises.
public struct NonFiniteOrigin: Codable, Hashable, Sendable {
  /// The kinds of places, in the order in which a step computes them.
  public enum Place: String, Codable, Hashable, Sendable {
    case layer, loss, penalty, gradient, update
  }
  /// The step of the optimizer, from 1.
  public var step: Int
  /// What gives the number.
  public var place: Place
  /// The layer, where the place is a layer's output or its gradient.
  public var layer: String?
  /// The first training row that shows it, as the user counts them; `nil` where rows are not told apart.
  public var row: Int?
  /// The largest finite magnitude among the outputs of the layer before; huge numbers come from a rate,
  /// ordinary ones from the operation.
  public var magnitudeBefore: Double?

  /// Where the first NaN or infinity arises.
  public init(
    step: Int, place: Place, layer: String? = nil, row: Int? = nil, magnitudeBefore: Double? = nil
  ) {
    self.step = step
    self.place = place
    self.layer = layer
    self.row = row
    self.magnitudeBefore = magnitudeBefore
  }
}
