package import CaseFile

extension Complaint.Symptom {
  /// The causes that someone who sees the symptom thinks of, in the order in which they are worth a look,
  /// as the page "If your loss…" has them.
  package var usualCauses: [String] {
    switch self {
    case .rising:
      [
        "learning-rate-high", "feature-scale", "target-scale", "learning-rate-schedule",
        "label-range",
      ]
    case .stuck:
      [
        "output-activation", "from-logits", "loss-function", "learning-rate-low", "frozen-weights",
        "initialization", "hidden-activation", "misaligned-data", "learning-rate-high",
      ]
    case .nan:
      [
        "non-finite-data", "bad-weights", "learning-rate-high", "target-scale", "feature-scale",
        "label-range",
      ]
    case .oscillating: ["learning-rate-high", "outliers", "learning-rate-schedule"]
    case .slow:
      [
        "learning-rate-low", "underfitting", "over-regularised", "hidden-activation",
        "feature-scale",
      ]
    case .generalisationGap:
      ["overfitting", "ordered-data", "validation-mismatch", "reading-the-number"]
    case .none: []
    }
  }
}
