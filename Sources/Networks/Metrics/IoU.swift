package import JSON

/// The mean overlap of targets and predictions over some classes.
package struct IoU: OverlapMetric {
  package static let className = "IoU"
  package static let logName = "io_u"
  package let overlap: Overlap

  package init(configuration: Configuration) throws {
    guard configuration.value("target_class_ids") != nil else {
      throw configuration.error("target_class_ids", found: nil, expected: "a list of classes")
    }
    overlap = try Self.read(configuration)
  }

  package var configuration: JSONObject {
    var result = baseConfiguration()
    result["target_class_ids"] = .array(overlap.averaged.map { .int($0) })
    result.set("sparse_y_true", overlap.hasClassTargets, default: true)
    result.set("sparse_y_pred", overlap.hasClassPredictions, default: true)
    return result
  }
}
