package import JSON

/// The mean overlap over some classes, of targets that are one-hot and predictions that are scores.
package struct OneHotIoU: OverlapMetric {
  package static let className = "OneHotIoU"
  package let overlap: Overlap

  package init(configuration: Configuration) throws {
    guard configuration.value("target_class_ids") != nil else {
      throw configuration.error("target_class_ids", found: nil, expected: "a list of classes")
    }
    var overlap = try Self.read(configuration)
    overlap.hasClassTargets = false
    overlap.hasClassPredictions = try configuration.bool("sparse_y_pred", default: false)
    self.overlap = overlap
  }

  package var configuration: JSONObject {
    var result = baseConfiguration()
    result["target_class_ids"] = .array(overlap.averaged.map { .int($0) })
    result.set("sparse_y_pred", overlap.hasClassPredictions, default: false)
    return result
  }
}
