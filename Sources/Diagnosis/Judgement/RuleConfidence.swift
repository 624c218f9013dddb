/// How sure a finding by rule is.
enum RuleConfidence {
  /// The rule settles it: the contract is broken whatever a run shows. Not 1, because what is read
  /// from files may differ from what the user's program did.
  static let settled = 0.98
  /// A rule over a log or a part of the inputs: the fault is there, but it may be a neighbouring one.
  static let inferred = 0.75
  /// The rule alone would also fire on some runs that train well; a trial or the record must agree.
  static let suspected = 0.6
}

/// A number as people write it: whole ones without a fraction, others with four digits.
package func figure(_ number: Double) -> String {
  if let whole = Int(exactly: number), abs(whole) < 1_000_000 { return String(whole) }
  return number.shortDescription
}
