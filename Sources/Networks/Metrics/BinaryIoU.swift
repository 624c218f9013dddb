package import JSON

/// The mean overlap over two classes, of predictions that are 1 from a threshold on.
package struct BinaryIoU: OverlapMetric {
  package static let className = "BinaryIoU"
  package let overlap: Overlap

  private static let standardThreshold = 0.5

  package init(configuration: Configuration) throws {
    let classes = try configuration.ints("target_class_ids") ?? [0, 1]
    guard classes.allSatisfy((0...1).contains) else {
      throw configuration.error(
        "target_class_ids", found: configuration.values["target_class_ids"], expected: "0 and 1")
    }
    var overlap = Overlap(classes: 2, averaged: classes)
    overlap.threshold = try configuration.double("threshold", default: Self.standardThreshold)
    overlap.dtype = configuration.value("dtype")?.string
    self.overlap = overlap
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if overlap.averaged != [0, 1] {
      result["target_class_ids"] = .array(overlap.averaged.map { .int($0) })
    }
    result.set("threshold", overlap.threshold ?? 0, default: Self.standardThreshold)
    if let dtype = overlap.dtype { result["dtype"] = .string(dtype) }
    return result
  }
}
