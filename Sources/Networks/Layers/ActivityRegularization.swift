package import Graphs
package import JSON

/// What comes in goes out, and its size is added to the loss: l1 · Σ|x| + l2 · Σx² over the batch
/// size.
package struct ActivityRegularization: Layer {
  package static let className = "ActivityRegularization"
  package static let supportsMasking = true
  package let l1: Double
  package let l2: Double
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    l1 = try configuration.double("l1", default: 0)
    l2 = try configuration.double("l2", default: 0)
    activityRegularizer = try L1L2Regularizer(
      configuration: Configuration(
        ["l1": .double(l1), "l2": .double(l2)], subject: configuration.subject))
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("l1", l1, default: 0)
    result.set("l2", l2, default: 0)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try single(inputs)
  }
}
