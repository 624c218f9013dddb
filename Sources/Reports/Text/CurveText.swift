/// Curves drawn with letters, for other modules.
package enum CurveText {
  /// Curves side by side, or below each other where a terminal is narrow, on one scale.
  package static func text(
    _ curves: [(title: String, values: [Double])], for appearance: Appearance
  ) -> String {
    let panels = curves.map { curve in
      LossChart.Panel(title: curve.title, curves: [curve.values], tint: nil)
    }
    let lines = LossChart(panels: panels).lines(on: Page(appearance: appearance))
    return lines.joined(separator: "\n") + "\n"
  }
}
