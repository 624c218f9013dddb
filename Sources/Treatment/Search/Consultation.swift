public import CaseFile

/// What a consultation came to: the report, and the run that it cured.
public struct Consultation: Sendable {
  /// The answer, for people and programs.
  public var report: Report
  /// The run with the proven remedy; `nil` if none was proven.
  package var repaired: Run?
  /// The edits of the proven remedy that a model file holds.
  public var modelEdits: [Edit]
  /// Those that act on data or on the arguments of `fit`, which the script must make.
  public var scriptEdits: [Edit]

  init(report: Report, repaired: Run? = nil, edits: [Edit] = []) {
    self.report = report
    self.repaired = repaired
    let isInModel = { (edit: Edit) in
      (try? EditCatalogue.rule(for: edit))?.0.place == .model
    }
    modelEdits = edits.filter(isInModel)
    scriptEdits = edits.filter { !isInModel($0) }
  }
}
