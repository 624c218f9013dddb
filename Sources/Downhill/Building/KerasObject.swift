public import JSON

/// Something of Keras that is named, with or without arguments: an activation, a loss, an optimizer.
///
/// `Kind` keeps apart what cannot stand in each other's place; Swift's short forms do the rest:
///
/// ```swift
/// Dense(10, activation: .softmax)
/// try network.compile(optimizer: .adam(learningRate: 0.01), loss: "mse")
/// ```
///
/// Whatever Keras knows under a name can be written as a string literal.
public struct KerasObject<Kind>: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The object as Keras' files hold it: a name, or class and arguments.
  public let json: JSONValue

  /// An object by its name.
  public init(stringLiteral name: String) { json = .string(name) }

  /// An object by its class and the arguments that are not Keras' defaults.
  ///
  /// - Parameters:
  ///   - className: Keras' class: `Huber`.
  ///   - arguments: In Keras' names: `["delta": 0.5]`.
  public init(_ className: String, _ arguments: JSONObject) {
    json = ["class_name": .string(className), "config": .object(arguments)]
  }
}

/// What an activation is to ``KerasObject``.
public enum ActivationKind: Sendable {}
/// What a source of first weights is to ``KerasObject``.
public enum InitializerKind: Sendable {}
/// What a penalty on weights is to ``KerasObject``.
public enum RegularizerKind: Sendable {}
/// What a bound on weights is to ``KerasObject``.
public enum ConstraintKind: Sendable {}
/// What an optimizer is to ``KerasObject``.
public enum OptimizerKind: Sendable {}
/// What a learning-rate schedule is to ``KerasObject``.
public enum ScheduleKind: Sendable {}
/// What a loss is to ``KerasObject``.
public enum LossKind: Sendable {}
/// What a metric is to ``KerasObject``.
public enum MetricKind: Sendable {}

/// A function that a layer applies to what it computed.
public typealias ActivationChoice = KerasObject<ActivationKind>
/// Where first weights come from.
public typealias InitializerChoice = KerasObject<InitializerKind>
/// A penalty on weights.
public typealias RegularizerChoice = KerasObject<RegularizerKind>
/// What weights are brought back to after each step.
public typealias ConstraintChoice = KerasObject<ConstraintKind>
/// How gradients become steps.
public typealias OptimizerChoice = KerasObject<OptimizerKind>
/// A learning rate that changes with the steps.
public typealias ScheduleChoice = KerasObject<ScheduleKind>
/// What training makes small.
public typealias LossChoice = KerasObject<LossKind>
/// What is reported besides the loss.
public typealias MetricChoice = KerasObject<MetricKind>
