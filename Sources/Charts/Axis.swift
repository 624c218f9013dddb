/// One axis of a chart.
public struct Axis: Sendable {
  /// What is shown, with its unit, as `loss` or `learning rate`.
  public var title: String
  /// How values are spread.
  public var kind: Scale.Kind
  /// Whether it counts something, so that only whole numbers are labelled.
  public var isWhole: Bool
  /// Whether a linear axis starts at zero.
  public var includesZero: Bool
  /// Values above are marked at the upper edge instead of stretching the axis; `nil` for none.
  public var ceiling: Double?

  /// An axis.
  public init(
    _ title: String, kind: Scale.Kind = .automatic, isWhole: Bool = false,
    includesZero: Bool = false, ceiling: Double? = nil
  ) {
    self.title = title
    self.kind = kind
    self.isWhole = isWhole
    self.includesZero = includesZero
    self.ceiling = ceiling
  }

  /// The axis of epochs or steps.
  public static func counting(_ title: String) -> Axis {
    Axis(title, kind: .linear, isWhole: true)
  }

  func scale(holding values: some Sequence<Double>) -> Scale {
    let shown = values.filter { $0 <= ceiling ?? .infinity }
    return Scale(holding: shown, kind: kind, includesZero: includesZero, isPadded: !isWhole)
  }

  func ticks(of scale: Scale) -> [Double] {
    isWhole && !scale.isLogarithmic ? scale.wholeTicks() : scale.ticks
  }
}
