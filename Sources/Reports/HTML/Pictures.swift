/// The pictures of evidence. Each is one file in `HTML/Pictures/`.
enum Pictures {
  /// Pictures of measurements, in the order of the page.
  static let evidence: [any Picture] = [
    RatesPicture(),
    GradientsPicture(),
    OutputsPicture(),
    SilentUnitsPicture(),
    UpdatesPicture(),
    ColumnsPicture(),
    HistogramsPicture(),
    ClassesPicture(),
    TargetsPicture(),
  ]

  /// More rows than this no longer fit a screen.
  static let largestRows = 24
}
