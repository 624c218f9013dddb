public import FileAccess
public import Scripts
public import Treatment

extension TrainingRun {
  /// The script with the proven remedy in it; `nil` without a script, and if no remedy was proven.
  ///
  /// A remedy counts as proven by trials, or, for faults of the contract between labels, output and
  /// loss, by the rule itself.
  ///
  /// - Parameter consultation: what a diagnosis came to.
  /// - Throws: ``InputError`` where an edit has no place in the script.
  public func scriptPatch(_ consultation: Consultation) throws(InputError) -> ScriptPatch? {
    guard let script else { return nil }
    var edits = consultation.modelEdits + consultation.scriptEdits
    if edits.isEmpty {
      edits = consultation.report.causes.filter(\.isProven).flatMap { $0.remedy?.edits ?? [] }
    }
    return edits.isEmpty ? nil : try script.patched(edits, model: facts.model)
  }
}
