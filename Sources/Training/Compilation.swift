public import JSON
public import Networks

/// The arguments of `compile`: how a model is to learn.
public struct Compilation: Sendable {
  /// How gradients become steps.
  public let optimizer: any Optimizer
  /// What is made small, for each output.
  public let loss: PerOutput<LossFunction>
  /// By what the loss of each output is multiplied in their sum; `nil`: by 1.
  public let lossWeights: PerOutput<Double>?
  /// What is reported besides, without weights.
  public let metrics: PerOutput<[MetricFunction]>
  /// What is reported besides, with the weights of the samples.
  public let weightedMetrics: PerOutput<[MetricFunction]>
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
    self.loss = try PerOutput(loss) { try LossFunction(configuration: $0) }
    lossWeights = try configuration["loss_weights"].flatMap { weights in
      if weights.isNull { return nil }
      return try PerOutput(weights) { json in
        guard let weight = json.double else {
          throw ConfigurationError(
            subject: "compile", key: "loss_weights", found: json.abbreviated, expected: "a number")
        }
        return weight
      }
    }
    var ignored: [String] = []
    func read(_ key: String) -> PerOutput<[MetricFunction]> {
      let value = configuration[key] ?? .null
      return PerOutput(value.isNull ? [] : value) { json in
        flatten(json).compactMap { json in
          do { return try MetricFunction(configuration: json) } catch {
            ignored.append("\(error)")
            return nil
          }
        }
      }
    }
    metrics = read("metrics")
    weightedMetrics = read("weighted_metrics")
    ignoredMetrics = ignored
  }

  /// A compilation of parts.
  public init(
    optimizer: any Optimizer, loss: LossFunction, metrics: [MetricFunction] = [],
    weightedMetrics: [MetricFunction] = [], numerics: LossNumerics = .fused
  ) {
    self.optimizer = optimizer
    self.loss = .same(loss)
    lossWeights = nil
    self.metrics = .listed(metrics.map { [$0] })
    self.weightedMetrics = .listed(weightedMetrics.map { [$0] })
    self.numerics = numerics
    ignoredMetrics = []
  }

  /// The `compile_config` as Keras loads it, without what is Keras' default.
  public var configuration: JSONValue {
    var result: JSONObject = [
      "optimizer": objectJSON(optimizer, module: "keras.optimizers"),
      "loss": loss.json(\.configuration),
    ]
    if let lossWeights { result["loss_weights"] = lossWeights.json { .double($0) } }
    for (key, metrics) in [("metrics", metrics), ("weighted_metrics", weightedMetrics)]
    where !metrics.all.allSatisfy(\.isEmpty) {
      result[key] = metrics.json { list in
        list.count == 1 ? list[0].original : .array(list.map(\.original))
      }
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
