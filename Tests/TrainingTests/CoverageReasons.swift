/// Why something of Keras cannot be run.
enum CoverageReasons {
  /// What is no layer, loss or the like of its own, and why.
  static let bases: [String: String] = [
    "Layer": "base", "Wrapper": "base", "Loss": "base", "Metric": "base", "Optimizer": "base",
    "LearningRateSchedule": "base", "Initializer": "base", "Regularizer": "base",
    "Constraint": "base", "MeanMetricWrapper": "base", "Pipeline": "holds layers",
    "MultiOptimizer": "holds optimizers",
  ]

  private static let pythonOnly =
    "it runs Python code or another framework, and nothing is executed"
  private static let labelsToo =
    "it changes labels or boxes together with images, which a layer in a model does not see"
  private static let byHand =
    "it is for loops that give it numbers by hand; `compile` would give it labels, and predictions as "
    + "their weights"
  private static let chains = "it draws which other layers to apply, image by image"

  private static let all: [String: String] = [
    "Lambda": pythonOnly, "FlaxLayer": pythonOnly, "JaxLayer": pythonOnly, "TFSMLayer": pythonOnly,
    "TorchModuleWrapper": pythonOnly,
    "MixUp": labelsToo, "CutMix": labelsToo, "MaxNumBoundingBoxes": labelsToo,
    "AugMix": chains, "RandAugment": chains,
    "ContrastLimitedAdaptiveHistogramEqualization":
      "it counts pixels in tiles, for which there is no operation",
    "RandomElasticTransform": "it moves each pixel by a blurred random field",
    "MelSpectrogram": "there is no Fourier transform",
    "STFTSpectrogram": "there is no Fourier transform",
    "STFT": "there is no Fourier transform",
    "CTC": "it sums over alignments, for which there is no operation",
    "Mean": byHand, "Sum": byHand,
  ]

  /// The reason for a name.
  static func reason(_ name: String) -> String { all[name] ?? "not written yet" }
}
