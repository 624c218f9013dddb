package import CaseFile

/// All kinds of edits; the first whose pattern fits an edit's target applies it.
package enum EditCatalogue {
  /// All kinds of edits, special ones before general ones.
  package static let all: [any EditRule] = [
    LayerWeightsEdit(),
    LayerTrainableEdit(),
    LayerInsertEdit(),
    LayerConfigurationEdit(),
    LossFlagEdit(),
    LossEdit(),
    OptimizerEdit(),
    OptimizerSettingEdit(),
    TargetMapEdit(),
    TargetClipEdit(),
    TargetShuffleEdit(),
    ValidationMapEdit(),
    ShuffleEdit(),
    ScaleEdit(),
    FillEdit(),
    DropRowsEdit(),
    AugmentEdit(),
    ClassWeightEdit(),
    FitEdit(),
  ]

  /// The rule for an edit, with the parts of its target.
  package static func rule(for edit: Edit) throws(EditError) -> (any EditRule, [String]) {
    let path = edit.target.split(separator: ".").map(String.init)
    for rule in all where matches(rule.pattern, path) { return (rule, path) }
    throw EditError.unknownTarget(edit.target)
  }

  private static func matches(_ pattern: [String], _ path: [String]) -> Bool {
    guard pattern.count == path.count else { return false }
    return zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
  }
}

extension Run {
  /// The run with edits applied in order.
  package func applying(_ edits: [Edit]) throws -> Run {
    var run = self
    for edit in edits {
      let (rule, path) = try EditCatalogue.rule(for: edit)
      try rule.apply(edit, path, to: &run)
      run.note(edit)
    }
    return run
  }
}
