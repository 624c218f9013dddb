import CaseFile

extension NonFiniteOrigin {
  /// Where and when the first number arose that is not finite.
  var evidence: Evidence {
    let what =
      switch place {
      case .layer: "the output of \(layer ?? "a layer")"
      case .loss: "the loss"
      case .penalty: "a penalty"
      case .gradient: "the gradient of \(layer ?? "a layer")"
      case .update: "the update of the weights"
      }
    let before = magnitudeBefore.map { "; numbers before it reach \(figure($0))" } ?? ""
    return Evidence(
      "the first number that is not finite is in \(what), in step \(step)"
        + (row.map { ", first in row \($0)" } ?? "") + before, value: Double(step), basis: .probe)
  }
}
