import CaseFile
import JSON

/// Gradients that grow through depth or time.
struct ExplodingGradients: Cause {
  let id = "exploding-gradients"
  let title = "gradients grow through depth or time"
  let needs: [Need] = [.model, .features, .labels, .trials]
  let explanation = """
    The gradient of a layer is a product over all layers (and, in a recurrent layer, all steps) behind it. \
    If each factor is two, twenty of them make a million: the first step throws the first layers far off, \
    and the loss jumps or is NaN. Large targets, features or rates make large gradients too, but of the \
    same size in every layer. Recognised from the size of the gradient in each layer before the first \
    step. Proven by a trial with clipping, or with initialisers that keep the size of signals.
    """

  /// The first layer's gradient against the last one's: above this it grew on the way. The figure is
  /// the one of the AUTOTRAINER study (2021).
  static let ratio = 70.0
  /// A gradient shorter than this is no explosion, however it grew.
  static let largeNorm = 100.0
  /// The norm that gradients are clipped to: that of healthy gradients in these units.
  static let clippedNorm = 1.0

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    guard facts.compilation != nil else { return lacking(.model) }
    guard let measurements = facts.measurements, !measurements.signals.isEmpty else {
      return lacking(.features, .labels, .trials)
    }
    let profile = GradientProfile(model, measurements)
    guard let ratio = profile.ratio, let largest = profile.norms.map(\.norm).max() else {
      return .ruledOut("no gradients in several layers to compare")
    }
    guard ratio > ExplodingGradients.ratio, largest > ExplodingGradients.largeNorm else {
      return .ruledOut(
        "the first layer's gradient is \(figure(ratio)) times the last one's, the largest"
          + " \(figure(largest))")
    }
    let clip = Remedy(
      edits: [Edit(target: "optimizer.clipnorm", to: .double(ExplodingGradients.clippedNorm))])
    let hidden = model.layers.filter { layer in
      layer.variables.contains { $0.name == "kernel" && $0.shape.count >= 2 }
    }
    let fresh = Remedy(
      edits: hidden.map { layer in
        Edit(
          target: "layers.\(layer.name).kernel_initializer",
          from: layer.configuration["kernel_initializer"]?["class_name"] ?? .null,
          to: layer.activation == "relu" ? "he_normal" : "glorot_uniform")
      }, summary: "he_normal or glorot_uniform in all layers")
    return .suspected(
      Suspicion(
        prior: 0.5,
        summary: "the gradient of the first layer is \(figure(ratio)) times the last one's",
        evidence: profile.evidence + (measurements.nonFinite.map { [$0.evidence] } ?? []),
        remedies: [clip, fresh]))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "ten layers of wide weights", "10 × Dense(16, kernel_initializer=RandomNormal(stddev=1))",
        GradientProfile.example([4e6, 1e6, 2e4, 900, 40])),
      .healthy(
        "large targets make large gradients everywhere", "y in the thousands",
        GradientProfile.example([900, 1200, 800, 1500, 2000])),
    ]
  }
}
