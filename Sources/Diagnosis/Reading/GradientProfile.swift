import CaseFile
import JSON

/// The size of the gradient in each layer with weights, from the first to the last.
struct GradientProfile {
  /// The layers with the norms of their gradients.
  let norms: [(layer: String, norm: Double)]

  /// Layers of a few scales and shifts, whose gradients are not comparable with those of kernels.
  private static let scalings: Set<String> = [
    "BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization", "PReLU",
    "Embedding",
  ]

  /// Reads the signals before the first step.
  init(_ model: ModelFacts, _ measurements: Measurements) {
    let left = Set(
      model.layers.filter { GradientProfile.scalings.contains($0.className) || !$0.isTrainable }
        .map(\.name))
    norms = measurements.signals.compactMap { signal in
      guard let norm = signal.gradientNorm, norm.isFinite, !left.contains(signal.layer) else {
        return nil
      }
      return (signal.layer, norm)
    }
  }

  /// The first norm against the last; `nil` for fewer than two layers, or a last layer without a
  /// gradient: where it has none, nothing grew or vanished on the way.
  var ratio: Double? {
    guard norms.count > 1, let first = norms.first, let last = norms.last, last.norm > 0 else {
      return nil
    }
    return first.norm / last.norm
  }

  /// The norms in one line.
  var evidence: [Evidence] {
    [
      Evidence(
        "norms of the gradients: "
          + norms.map { "\($0.layer) \(figure($0.norm))" }.joined(separator: ", "),
        value: ratio, basis: .probe)
    ]
  }

  /// A stack of Dense layers whose gradients have the given norms.
  static func example(_ norms: [Double]) -> CaseFile {
    let hidden = norms.count - 1
    return .example(
      units: [Int](repeating: 16, count: hidden) + [3],
      activations: [String](repeating: "tanh", count: hidden) + ["softmax"],
      loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2])
    ) { facts in
      var measurements = Measurements()
      measurements.signals = norms.enumerated().map { index, norm in
        LayerSignals(
          layer: index == 0 ? "dense" : "dense_\(index)", gradientNorm: norm, outputDeviation: 1,
          deadShare: 0, saturatedShare: 0)
      }
      facts.measurements = measurements
    }
  }
}
