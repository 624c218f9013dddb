import CaseFile
import JSON

/// Features far from unit scale.
struct FeatureScale: Cause {
  let id = "feature-scale"
  let title = "features far from unit scale"
  let needs: [Need] = [.features, .trials]
  let explanation = """
    Initialisers and usual learning rates are made for inputs of about unit scale. Raw pixels, \
    prices or years make the first layer's outputs large: sigmoids saturate, softmax is certain and \
    wrong, the loss starts huge, and the curvature along the large columns forces a tiny learning rate \
    that leaves the small columns untouched. Integer codes for an Embedding, one-hot columns, and \
    models that start with Rescaling or Normalization are fine. Suspected from each column's mean and \
    spread; proven by a trial in which scaling alone makes the loss fall. Cured by standardising with \
    the mean and spread of the training part.
    """

  /// A column whose root mean square exceeds this drives pre-activations of a freshly initialised
  /// layer past the range where sigmoid and tanh still have a gradient.
  static let largeMagnitude = 5.0
  /// Columns whose spreads differ by more than this make the loss a narrow valley: the rate that the
  /// widest allows leaves the narrowest still.
  static let spreadRatio = 100.0
  /// A column that varies by less than this gives the first layer almost no signal.
  static let smallSpread = 0.01

  /// Layers that bring any scale to unit scale, or to whom scale means nothing.
  private static let scalingLayers: Set<String> = [
    "Rescaling", "Normalization", "BatchNormalization", "LayerNormalization", "Embedding",
    "UnitNormalization", "RMSNormalization", "GroupNormalization", "CategoryEncoding",
    "TextVectorization", "StringLookup", "IntegerLookup", "Discretization", "Hashing",
  ]

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let data = facts.data, let features = data.features.first else {
      return lacking(.features)
    }
    if let first = facts.model?.layers.first(where: { $0.className != "InputLayer" }),
      FeatureScale.scalingLayers.contains(first.className)
    {
      return .ruledOut("the model's first layer, \(first.className), takes any scale")
    }
    let columns = features.columns.isEmpty ? [features.overall] : features.columns
    let varying = columns.filter { $0.standardDeviation > 0 }
    guard !varying.isEmpty else { return .ruledOut("no column varies") }
    let magnitudes = varying.map(\.rootMeanSquare)
    let largest = magnitudes.max() ?? 0
    let spreads = varying.map(\.standardDeviation)
    let (widest, narrowest) = (spreads.max() ?? 1, spreads.min() ?? 1)
    let isLarge = largest > FeatureScale.largeMagnitude
    // One-hot and pixel columns that are nearly always 0 are narrow by nature.
    let isSmall = widest < FeatureScale.smallSpread
    let isUneven = isLarge && widest / narrowest > FeatureScale.spreadRatio
    guard isLarge || isSmall else {
      return .ruledOut(
        "the columns' root mean squares are at most \(figure(largest)), their spreads"
          + " \(figure(narrowest))…\(figure(widest))")
    }
    var summary = "feature columns reach a root mean square of \(figure(largest))"
    if isUneven { summary += " and spreads differ by a factor of \(figure(widest / narrowest))" }
    if isSmall { summary = "the widest feature column varies by \(figure(widest)) only" }
    return .suspected(
      Suspicion(
        prior: largest > 10 * FeatureScale.largeMagnitude ? 0.7 : 0.4, summary: summary,
        evidence: [
          Evidence(
            "largest root mean square of a column \(figure(largest)), spreads"
              + " \(figure(narrowest))…\(figure(widest))", value: largest,
            sample: "all \(features.rows) rows")
        ],
        remedies: [Remedy(edits: [Edit(target: "data.x.scale", to: "standardise")])]))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "raw measurements", "x: area in mm², from 0 to 4000; Dense(16, activation='sigmoid')",
        .example(
          units: [16, 1], activations: ["sigmoid", "sigmoid"], loss: "binary_crossentropy",
          y: .classes([0, 1]), x: .spread(columns: 4, from: 0, to: 4000))),
      .healthy(
        "standardised columns", "x = StandardScaler().fit_transform(x)",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread())),
      .healthy(
        "raw pixels, but Rescaling comes first", "layers.Rescaling(1 / 255), layers.Dense(64, …)",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
          x: .spread(columns: 16, from: 0, to: 255)
        ) { facts in
          facts.model?.layers.insert(
            LayerFacts(
              name: "rescaling", className: "Rescaling", configuration: ["scale": 0.0039],
              inputs: ["input_layer"]), at: 1)
        }),
    ]
  }
}
