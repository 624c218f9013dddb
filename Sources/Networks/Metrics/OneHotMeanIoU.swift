package import JSON

/// The mean overlap over all classes, of targets that are one-hot and predictions that are scores.
package struct OneHotMeanIoU: OverlapMetric {
  package static let className = "OneHotMeanIoU"
  package let overlap: Overlap

  package init(configuration: Configuration) throws {
    var overlap = try Self.read(configuration)
    overlap.hasClassTargets = false
    overlap.hasClassPredictions = try configuration.bool("sparse_y_pred", default: false)
    self.overlap = overlap
  }

  package var configuration: JSONObject {
    var result = baseConfiguration()
    result.set("sparse_y_pred", overlap.hasClassPredictions, default: false)
    return result
  }
}
