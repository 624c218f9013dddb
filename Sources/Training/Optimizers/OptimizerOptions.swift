package import JSON
package import Networks

/// The arguments that all optimizers of Keras have.
public struct OptimizerOptions: Sendable {
  /// The learning rate: a number, or one that changes with the steps.
  public enum LearningRate: Sendable {
    /// Always the same, unless a callback changes it.
    case constant(Double)
    /// A function of the number of steps.
    case schedule(any Schedule)
  }

  /// The learning rate.
  public let learningRate: LearningRate
  /// How much of every trainable parameter is taken off each step, times the learning rate.
  public let weightDecay: Double?
  /// The largest norm of each parameter's gradient.
  public let clipNorm: Double?
  /// The largest norm of all gradients together.
  public let globalClipNorm: Double?
  /// The largest absolute value of each element of a gradient.
  public let clipValue: Double?
  /// Whether a moving average of the parameters is kept, and taken for them at the end.
  public let keepsAverages: Bool
  /// How slowly the average moves.
  public let averageMomentum: Double
  /// After how many steps the average is taken for the parameters.
  public let averageOverwriteFrequency: Int?
  /// What gradients are divided by.
  public let lossScale: Double?
  /// Over how many batches gradients are averaged before a step; 1 is every batch.
  public let accumulationSteps: Int

  /// Whether nothing but the optimizer's own formula touches a row without a gradient, weight decay
  /// aside.
  var leavesRowsAlone: Bool {
    clipNorm == nil && globalClipNorm == nil && clipValue == nil && !keepsAverages
      && accumulationSteps == 1
  }

  /// Reads the arguments.
  package init(
    _ configuration: Configuration, learningRate: Double, weightDecay: Double? = nil
  ) throws {
    switch configuration.value("learning_rate") {
    case nil: self.learningRate = .constant(learningRate)
    case .some(let value):
      if let number = value.double {
        self.learningRate = .constant(number)
      } else {
        self.learningRate = .schedule(try ScheduleCatalogue.schedule(value))
      }
    }
    self.weightDecay = try configuration.double("weight_decay") ?? weightDecay
    clipNorm = try configuration.double("clipnorm")
    globalClipNorm = try configuration.double("global_clipnorm")
    clipValue = try configuration.double("clipvalue")
    keepsAverages = try configuration.bool("use_ema", default: false)
    averageMomentum = try configuration.double("ema_momentum", default: 0.99)
    averageOverwriteFrequency = configuration.value("ema_overwrite_frequency")?.int
    lossScale = try configuration.double("loss_scale_factor")
    accumulationSteps = max(1, try configuration.int("gradient_accumulation_steps", default: 1))
    guard [clipNorm, globalClipNorm, clipValue].count(where: { $0 != nil }) <= 1 else {
      throw configuration.error(
        "clipnorm", found: configuration.values["clipnorm"],
        expected: "only one of clipnorm, global_clipnorm and clipvalue")
    }
  }

  /// The arguments that are not Keras' defaults, and the learning rate.
  package func configuration(defaultWeightDecay: Double? = nil) -> JSONObject {
    var result = JSONObject()
    switch learningRate {
    case .constant(let rate): result["learning_rate"] = .double(rate)
    case .schedule(let schedule):
      result["learning_rate"] = objectJSON(schedule, module: "keras.optimizers.schedules")
    }
    if weightDecay != defaultWeightDecay { result.set("weight_decay", weightDecay) }
    result.set("clipnorm", clipNorm)
    result.set("global_clipnorm", globalClipNorm)
    result.set("clipvalue", clipValue)
    result.set("use_ema", keepsAverages, default: false)
    result.set("ema_momentum", averageMomentum, default: 0.99)
    if let averageOverwriteFrequency {
      result["ema_overwrite_frequency"] = .int(averageOverwriteFrequency)
    }
    result.set("loss_scale_factor", lossScale)
    result.set("gradient_accumulation_steps", accumulationSteps, default: 1)
    return result
  }
}
