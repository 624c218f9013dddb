public import Graphs
public import JSON

/// A metric as `compile` takes it: which, and the name under which it is logged.
public struct MetricFunction: Sendable {
  /// Which metric; `nil` where the shapes of targets and predictions decide.
  private let fixed: (any Metric)?
  /// The name under which Keras logs it.
  public let name: String
  /// The metric as it stands in the file.
  public let original: JSONValue
  private let isAccuracy: Bool

  /// Reads a metric: a name or an object.
  ///
  /// - Throws: ``ConfigurationError`` for unknown metrics and wrong arguments.
  public init(configuration: JSONValue) throws {
    original = configuration
    let reference = try ObjectReference(configuration, kind: "metric")
    isAccuracy = reference.isString && ["accuracy", "acc"].contains(reference.name)
    let isCrossentropy =
      reference.isString && ["crossentropy", "ce"].contains(reference.name)
    if isAccuracy || isCrossentropy {
      fixed = nil
      name = reference.name
      return
    }
    let metric = try MetricCatalogue.metric(reference)
    fixed = metric
    let standard = reference.isString ? reference.name : type(of: metric).logName
    name = try reference.configuration.string("name", default: standard)
  }

  /// The metric for targets and predictions of given shapes.
  public func metric(target: Value, prediction: Value, in graph: Graph) throws -> any Metric {
    if let fixed { return fixed }
    let none = Configuration(subject: name)
    switch LabelKind(target: graph.shape(target), prediction: graph.shape(prediction)) {
    case .binary:
      return isAccuracy
        ? try BinaryAccuracy(configuration: none)
        : try BinaryCrossentropyMetric(configuration: none)
    case .sparse:
      return isAccuracy
        ? SparseCategoricalAccuracy(configuration: none)
        : try SparseCategoricalCrossentropyMetric(configuration: none)
    case .oneHot:
      return isAccuracy
        ? CategoricalAccuracy(configuration: none)
        : try CategoricalCrossentropyMetric(configuration: none)
    }
  }

  /// Whether more is better; `nil` if Keras does not say.
  public var isHigherBetter: Bool? {
    guard let fixed else { return isAccuracy }
    return type(of: fixed).isHigherBetter
  }
}
