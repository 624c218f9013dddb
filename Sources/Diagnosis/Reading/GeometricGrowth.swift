/// Growth of a series by the same factor at every step, the mark of a rate beyond the stability
/// limit.
package struct GeometricGrowth: Hashable, Sendable {
  /// The factor.
  package var ratio: Double
  /// Over how many steps it was seen.
  package var epochs: Int

  /// Factors may differ from their median by this share and still count as the same: what is left
  /// of other directions of the error fades within a few epochs.
  private static let tolerance = 0.05
  /// A factor this small may be drift; geometric divergence is faster.
  private static let minimumRatio = 1.1
  /// Fewer steps could be chance.
  private static let minimumSteps = 3

  /// Looks for growth in the second half of a series; `nil` if there is none.
  package init?(_ series: [Double]) {
    let finite = Array(series.prefix { $0.isFinite && $0 > 0 })
    let ratios = zip(finite, finite.dropFirst()).map { $1 / $0 }
    let tail = Array(ratios.suffix((ratios.count + 1) / 2))
    guard tail.count >= GeometricGrowth.minimumSteps else { return nil }
    let median = tail.sorted()[tail.count / 2]
    guard median > GeometricGrowth.minimumRatio,
      tail.allSatisfy({ abs($0 / median - 1) < GeometricGrowth.tolerance })
    else { return nil }
    (ratio, epochs) = (median, tail.count)
  }
}
