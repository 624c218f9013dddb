import CaseFile

/// A picture that can be drawn from a report, if it holds what the picture shows.
protocol Picture: Sendable {
  /// The pictures; none if the report lacks what they show, or if there is nothing to see.
  func figures(of report: Report) -> [Figure]
}

extension Picture {
  /// The first of the pictures.
  func figure(of report: Report) -> Figure? { figures(of: report).first }
}
