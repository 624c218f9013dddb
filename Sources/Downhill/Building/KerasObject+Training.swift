public import JSON

extension KerasObject where Kind == OptimizerKind {
  /// Plain gradient descent, with momentum if asked for.
  public static func sgd(
    learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
    _ others: JSONObject = [:]
  ) -> Self {
    var arguments: JSONObject = [
      "learning_rate": learningRate.json, "momentum": .double(momentum),
    ]
    if nesterov { arguments["nesterov"] = true }
    return Self("SGD", arguments.adding(others))
  }

  /// Steps scaled by running means of the gradients and their squares (Kingma & Ba 2015).
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step, or how it changes.
  ///   - others: Further arguments in Keras' names: `["clipnorm": 1.0]`.
  public static func adam(
    learningRate: LearningRate = 0.001, _ others: JSONObject = [:]
  ) -> Self {
    Self("Adam", (["learning_rate": learningRate.json] as JSONObject).adding(others))
  }

  /// Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019).
  public static func adamW(
    learningRate: LearningRate = 0.001, weightDecay: Double = 0.004, _ others: JSONObject = [:]
  ) -> Self {
    Self(
      "AdamW",
      ([
        "learning_rate": learningRate.json, "weight_decay": .double(weightDecay),
      ] as JSONObject).adding(others))
  }

  /// Steps scaled by a running mean of the squared gradients.
  public static func rmsprop(
    learningRate: LearningRate = 0.001, _ others: JSONObject = [:]
  ) -> Self {
    Self("RMSprop", (["learning_rate": learningRate.json] as JSONObject).adding(others))
  }
}

/// A learning rate: a number, or a schedule.
public struct LearningRate: Sendable, Hashable, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral
{
  let json: JSONValue

  /// A rate that stays, unless a callback changes it.
  public init(floatLiteral rate: Double) { json = .double(rate) }
  /// A rate that stays, unless a callback changes it.
  public init(integerLiteral rate: Int) { json = .double(Double(rate)) }
  /// A rate that stays, unless a callback changes it.
  public init(_ rate: Double) { json = .double(rate) }
  /// A rate that changes with the steps.
  public static func schedule(_ schedule: ScheduleChoice) -> LearningRate {
    LearningRate(json: schedule.json)
  }

  private init(json: JSONValue) { self.json = json }
}

extension KerasObject where Kind == ScheduleKind {
  /// From a first rate down to a share of it along half a cosine.
  public static func cosineDecay(
    from initial: Double, steps: Int, lowestShare: Double = 0
  ) -> Self {
    Self(
      "CosineDecay",
      [
        "initial_learning_rate": .double(initial), "decay_steps": .int(steps),
        "alpha": .double(lowestShare),
      ])
  }

  /// A factor every so many steps.
  public static func exponentialDecay(
    from initial: Double, steps: Int, rate: Double, staircase: Bool = false
  ) -> Self {
    Self(
      "ExponentialDecay",
      [
        "initial_learning_rate": .double(initial), "decay_steps": .int(steps),
        "decay_rate": .double(rate), "staircase": .bool(staircase),
      ])
  }
}

extension KerasObject where Kind == LossKind {
  /// The mean of squared errors, for numbers.
  public static var meanSquaredError: Self { "mean_squared_error" }
  /// The mean of absolute errors, for numbers among which some are far off.
  public static var meanAbsoluteError: Self { "mean_absolute_error" }

  /// Squared near 0, straight further off.
  public static func huber(delta: Double = 1) -> Self { Self("Huber", ["delta": .double(delta)]) }

  /// For yes-or-no targets 0 and 1.
  ///
  /// - Parameter fromLogits: Whether the model ends without a sigmoid.
  public static func binaryCrossentropy(fromLogits: Bool = false) -> Self {
    Self("BinaryCrossentropy", ["from_logits": .bool(fromLogits)])
  }

  /// For targets that are one-hot rows.
  ///
  /// - Parameters:
  ///   - fromLogits: Whether the model ends without a softmax.
  ///   - labelSmoothing: How much of each 1 is shared among all classes.
  public static func categoricalCrossentropy(
    fromLogits: Bool = false, labelSmoothing: Double = 0
  ) -> Self {
    Self(
      "CategoricalCrossentropy",
      ["from_logits": .bool(fromLogits), "label_smoothing": .double(labelSmoothing)])
  }

  /// For targets that are class numbers from 0.
  ///
  /// - Parameter fromLogits: Whether the model ends without a softmax.
  public static func sparseCategoricalCrossentropy(fromLogits: Bool = false) -> Self {
    Self("SparseCategoricalCrossentropy", ["from_logits": .bool(fromLogits)])
  }
}

extension KerasObject where Kind == MetricKind {
  /// The share that is right; the shapes decide what that means.
  public static var accuracy: Self { "accuracy" }
  /// The mean of absolute errors.
  public static var meanAbsoluteError: Self { "mae" }
  /// The mean of squared errors.
  public static var meanSquaredError: Self { "mse" }
  /// The area under the curve of true against false positives.
  public static var auc: Self { Self("AUC", [:]) }
  /// Of the answers that are yes, the share that is right.
  public static var precision: Self { Self("Precision", [:]) }
  /// Of what is yes, the share that is found.
  public static var recall: Self { Self("Recall", [:]) }
}

extension JSONObject {
  /// The members with others added or put in their place.
  func adding(_ others: JSONObject) -> JSONObject {
    var result = self
    for member in others.members { result[member.key] = member.value }
    return result
  }
}
