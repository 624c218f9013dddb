public import CaseFile
public import JSON

extension CompileFacts {
  /// The classes of optimizers, which Keras also accepts as strings in small letters.
  private static let optimizers = [
    "SGD", "RMSprop", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta", "Adafactor",
    "Ftrl", "Lion", "Lamb", "Muon", "ScheduleFreeAdamW",
  ]

  /// The facts of a `compile_config`.
  public init(kerasConfiguration configuration: JSONValue) {
    var optimizer = configuration["optimizer"] ?? .null
    // Under mixed precision the optimizer stands within one that scales the loss.
    if optimizer["class_name"]?.string == "LossScaleOptimizer",
      let inner = optimizer["config"]?["inner_optimizer"]
    {
      optimizer = inner
    }
    let name = optimizer.string ?? optimizer["class_name"]?.string ?? ""
    self.init(
      optimizer: Self.optimizers.first { $0.lowercased() == name.lowercased() } ?? name,
      optimizerConfiguration: optimizer["config"] ?? .object(JSONObject()),
      loss: configuration["loss"] ?? .null, metrics: configuration["metrics"] ?? .null)
  }
}
