package import JSON

/// The mean overlap of targets and predictions over all classes.
package struct MeanIoU: OverlapMetric {
  package static let className = "MeanIoU"
  package let overlap: Overlap

  package init(configuration: Configuration) throws {
    overlap = try Self.read(configuration)
  }

  package var configuration: JSONObject {
    var result = baseConfiguration()
    result.set("sparse_y_true", overlap.hasClassTargets, default: true)
    result.set("sparse_y_pred", overlap.hasClassPredictions, default: true)
    return result
  }
}
