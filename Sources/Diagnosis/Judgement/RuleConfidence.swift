/// How sure a finding by rule is.
package enum RuleConfidence {
  /// The rule settles it: the contract is broken whatever a run shows. Not 1, because what is read
  /// from files may differ from what the user's program did.
  static let settled = 0.98
  /// A rule over a log or a part of the inputs: the fault is there, but it may be a neighbouring one.
  static let inferred = 0.75
  /// The rule alone would also fire on some runs that train well; a trial or the record must agree.
  static let suspected = 0.6
  /// At most this is said of a suspicion from a log alone, which shows neither model nor data: of those
  /// that a log names about two in three are right.
  static let logAlone = 0.65
  /// A remedy has been proven by trials: what remains is that a neighbouring cause would have been named
  /// by a person. Of programs for which no rule was written or changed 12 of 13 were right.
  package static let proven = 0.93
  /// Sick, and no remedy that was tried cures it: the strongest suspicion is named all the same. It is
  /// right more often than not, because the run is known to be sick: 7 of 8 over three collections.
  package static let unproven = 0.8
}

/// A number as people write it: whole ones without a fraction, others with four digits.
package func figure(_ number: Double) -> String {
  if let whole = Int(exactly: number), abs(whole) < 1_000_000 { return String(whole) }
  return number.shortDescription
}
