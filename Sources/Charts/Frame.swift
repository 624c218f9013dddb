/// The rectangle that the two axes of a chart span, and where values stand in it.
struct Frame {
  var left: Double
  var top: Double
  var width: Double
  var height: Double
  var x: Scale
  var y: Scale
  /// Values above are beyond the scale.
  var ceiling: Double

  var right: Double { left + width }
  var bottom: Double { top + height }

  func across(_ value: Double) -> Double { left + width * x.position(of: value) }
  func down(_ value: Double) -> Double { bottom - height * y.position(of: value) }

  /// Whether a value can be drawn at its own height.
  func shows(_ value: Double) -> Bool { value.isFinite && value <= ceiling }
}
