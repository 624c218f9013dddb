public import JSON
public import Networks

/// The arguments of `compile`: how a model is to learn.
public struct Compilation: Sendable {
  /// How gradients become steps.
  public let optimizer: any Optimizer
  /// What is made small.
  public let loss: LossFunction
  /// What is reported besides, without weights.
  public let metrics: [MetricFunction]
  /// What is reported besides, with the weights of the samples.
  public let weightedMetrics: [MetricFunction]
  /// Whose arithmetic the losses follow.
  public let numerics: LossNumerics
  /// Metrics of the file that cannot be computed here, each with the reason.
  public let ignoredMetrics: [String]

  /// Reads the `compile_config` of a Keras file, or the arguments of `compile` in the same form.
  ///
  /// - Throws: `ConfigurationError` for an optimizer or a loss that cannot be run. Metrics that
  ///   cannot be computed do not throw; see ``ignoredMetrics``.
  public init(configuration: JSONValue, numerics: LossNumerics = .fused) throws {
    guard let optimizer = configuration["optimizer"], !optimizer.isNull else {
      throw ConfigurationError(
        subject: "compile", key: "optimizer", found: "nothing", expected: "an optimizer")
    }
    guard let loss = configuration["loss"], !loss.isNull else {
      throw ConfigurationError(
        subject: "compile", key: "loss", found: "nothing", expected: "a loss",
        advice: "Pass one to model.compile(loss=…).")
    }
    self.numerics = numerics
    self.optimizer = try OptimizerCatalogue.optimizer(optimizer)
    self.loss = try LossFunction(configuration: loss)
    var ignored: [String] = []
    func read(_ key: String) -> [MetricFunction] {
      flatten(configuration[key] ?? .null).compactMap { json in
        do { return try MetricFunction(configuration: json) } catch {
          ignored.append("\(error)")
          return nil
        }
      }
    }
    metrics = read("metrics")
    weightedMetrics = read("weighted_metrics")
    ignoredMetrics = ignored
  }

  /// A compilation with parts of another one exchanged.
  public init(
    optimizer: any Optimizer, loss: LossFunction, metrics: [MetricFunction] = [],
    weightedMetrics: [MetricFunction] = [], numerics: LossNumerics = .fused
  ) {
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
    self.weightedMetrics = weightedMetrics
    self.numerics = numerics
    ignoredMetrics = []
  }

  /// The `compile_config` as Keras loads it, without what is Keras' default.
  public var configuration: JSONValue {
    var result: JSONObject = [
      "optimizer": objectJSON(optimizer, module: "keras.optimizers"),
      "loss": loss.configuration,
    ]
    if !metrics.isEmpty { result["metrics"] = .array(metrics.map(\.original)) }
    if !weightedMetrics.isEmpty {
      result["weighted_metrics"] = .array(weightedMetrics.map(\.original))
    }
    return .object(result)
  }
}

/// The metrics of nested lists and dictionaries, in order.
private func flatten(_ json: JSONValue) -> [JSONValue] {
  if json.isNull { return [] }
  if let elements = json.array { return elements.flatMap(flatten) }
  if json["class_name"] == nil, let members = json.object?.members {
    return members.flatMap { flatten($0.value) }
  }
  return [json]
}
