import Diagnosis

/// The stages in which sets of remedies are tried.
enum SearchStage: CaseIterable {
  /// Single remedies of causes that would be named without a trial.
  case probable
  /// Single remedies of the others.
  case others
  /// Two remedies together, where none cures alone.
  case pairs

  /// How many pairs are tried.
  private static let maximumPairs = 8

  /// The candidates of a stage.
  ///
  /// - Parameter singles: All single remedies.
  func candidates(_ singles: [Candidate], on run: Run) -> [Candidate] {
    switch self {
    case .probable: return singles.filter(\.isProbable)
    case .others: return singles.filter { !$0.isProbable }
    case .pairs:
      let ranked = singles.sorted { $0.causes[0].suspicion.prior > $1.causes[0].suspicion.prior }
      var pairs: [Candidate] = []
      for (index, first) in ranked.enumerated() {
        for second in ranked[(index + 1)...] where pairs.count < SearchStage.maximumPairs {
          if let pair = first.joined(with: second, on: run) { pairs.append(pair) }
        }
      }
      return pairs
    }
  }
}
