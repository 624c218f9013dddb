public import CaseFile

extension Script {
  /// Gives every finding of a report its place in the script.
  ///
  /// - Parameter model: The model that the report speaks of, whose layers may have other names.
  public func locate(_ report: inout Report, model: ModelFacts?) {
    for index in report.causes.indices where report.causes[index].location == nil {
      report.causes[index].location = span(of: report.causes[index], model: model).flatMap(location)
    }
  }

  private func location(_ span: Span) -> SourceLocation? {
    text.place(of: span).map {
      SourceLocation(path: path, line: $0.line, column: $0.column, cell: $0.cell)
    }
  }

  /// What a cause is about, for causes whose remedy mends several things at once.
  private static let subjects = [
    "output-activation": "activation", "output-units": "units", "loss-function": "loss",
    "from-logits": "loss", "label-range": "data.y", "target-shape": "data.y",
  ]

  private func span(of finding: CauseFinding, model: ModelFacts?) -> Span? {
    let edits = finding.remedy?.edits ?? []
    if let subject = Script.subjects[finding.id] {
      if let edit = edits.first(where: {
        $0.target.hasSuffix(subject) || $0.target.hasPrefix(subject)
      }),
        let span = span(of: edit.target, model: model)
      {
        return span
      }
      // The fault is there although the remedy lies elsewhere.
      switch subject {
      case "loss":
        if let span = span(of: "loss", model: model) { return span }
      case "data.y":
        if let span = span(of: "data.y", model: model) { return span }
      default:
        if let site = places.layers.last?.site {
          return site.argument(subject)?.value ?? site.call
        }
      }
    }
    for edit in edits {
      if let span = span(of: edit.target, model: model) { return span }
    }
    switch finding.id {
    case "non-finite-data", "degenerate-data", "feature-scale", "misaligned-data", "outliers",
      "label-noise", "too-little-data", "validation-leak":
      return span(of: "data.x", model: model)
    case "bad-weights", "underfitting", "optimizer-state-lost":
      return places.model ?? places.fit?.call
    default: return places.fit?.call ?? places.compile?.call ?? places.model
    }
  }

  /// Where the target of an edit stands.
  func span(of target: String, model: ModelFacts?) -> Span? {
    let path = target.split(separator: ".").map(String.init)
    switch path.first {
    case "layers" where path.count == 3:
      guard let site = places.layer(named: path[1], of: model)?.site else { return nil }
      return site.argument(path[2])?.value ?? site.call
    case "optimizer":
      if path.count > 1, let span = places.optimizer?.argument(path[1])?.value { return span }
      return places.optimizer?.call ?? places.compile?.argument("optimizer")?.value
        ?? places.compile?.call
    case "loss":
      if path.count > 1, let span = places.loss?.argument(path[1])?.value { return span }
      return places.loss?.call ?? places.compile?.argument("loss")?.value ?? places.compile?.call
    case "data":
      let name = path.count > 1 ? path[1] : "x"
      switch name {
      case "y": return places.fit?.argument("y")?.value ?? places.fit?.call
      case "x_val", "y_val":
        return places.fit?.argument("validation_data")?.value ?? places.fit?.call
      case "shuffle":
        return places.fit?.argument("validation_split")?.value
          ?? places.fit?.argument("shuffle")?.value ?? places.fit?.call
      default: return places.fit?.argument("x")?.value ?? places.fit?.call
      }
    case "fit":
      return (path.count > 1 ? places.fit?.argument(path[1])?.value : nil) ?? places.fit?.call
    default: return nil
    }
  }
}
