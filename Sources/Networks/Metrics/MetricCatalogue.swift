import JSON

/// The metrics that can be computed.
package enum MetricCatalogue {
  /// The metrics in alphabetical order of their files.
  package static let all: [any Metric.Type] = [
    Accuracy.self,
    BinaryAccuracy.self,
    BinaryCrossentropyMetric.self,
    CategoricalAccuracy.self,
    CategoricalCrossentropyMetric.self,
    CategoricalHingeMetric.self,
    CosineSimilarityMetric.self,
    HingeMetric.self,
    HuberMetric.self,
    KLDivergenceMetric.self,
    LogCoshErrorMetric.self,
    MeanAbsoluteErrorMetric.self,
    MeanAbsolutePercentageErrorMetric.self,
    MeanSquaredErrorMetric.self,
    MeanSquaredLogarithmicErrorMetric.self,
    PoissonMetric.self,
    Precision.self,
    Recall.self,
    RootMeanSquaredError.self,
    SparseCategoricalAccuracy.self,
    SparseCategoricalCrossentropyMetric.self,
    SparseTopKCategoricalAccuracy.self,
    SquaredHingeMetric.self,
    TopKCategoricalAccuracy.self,
  ]

  /// The metric of a reference.
  package static func metric(_ reference: ObjectReference) throws -> any Metric {
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("metric", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}
