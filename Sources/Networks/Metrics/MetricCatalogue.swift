import JSON

/// The metrics that can be computed.
package enum MetricCatalogue {
  /// The metrics in alphabetical order of their files.
  package static let all: [any Metric.Type] = [
    Accuracy.self,
    AreaUnderCurve.self,
    BinaryAccuracy.self,
    BinaryCrossentropyMetric.self,
    BinaryIoU.self,
    CategoricalAccuracy.self,
    CategoricalCrossentropyMetric.self,
    CategoricalHingeMetric.self,
    ConcordanceCorrelation.self,
    CosineSimilarityMetric.self,
    F1Score.self,
    FBetaScore.self,
    FalseNegatives.self,
    FalsePositives.self,
    HingeMetric.self,
    HuberMetric.self,
    IoU.self,
    KLDivergenceMetric.self,
    LogCoshErrorMetric.self,
    MeanAbsoluteErrorMetric.self,
    MeanAbsolutePercentageErrorMetric.self,
    MeanIoU.self,
    MeanSquaredErrorMetric.self,
    MeanSquaredLogarithmicErrorMetric.self,
    OneHotIoU.self,
    OneHotMeanIoU.self,
    PearsonCorrelation.self,
    PoissonMetric.self,
    Precision.self,
    PrecisionAtRecall.self,
    R2Score.self,
    Recall.self,
    RecallAtPrecision.self,
    RootMeanSquaredError.self,
    SensitivityAtSpecificity.self,
    SparseCategoricalAccuracy.self,
    SparseCategoricalCrossentropyMetric.self,
    SparseTopKCategoricalAccuracy.self,
    SpecificityAtSensitivity.self,
    SquaredHingeMetric.self,
    TopKCategoricalAccuracy.self,
    TrueNegatives.self,
    TruePositives.self,
  ]

  /// The metric of a reference.
  package static func metric(_ reference: ObjectReference) throws -> any Metric {
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("metric", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}
