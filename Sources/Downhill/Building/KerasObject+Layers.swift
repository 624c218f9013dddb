import JSON

extension KerasObject where Kind == ActivationKind {
  /// x as it is.
  public static var linear: Self { "linear" }
  /// max(x, 0).
  public static var relu: Self { "relu" }
  /// 1 / (1 + e⁻ˣ), for yes-or-no answers.
  public static var sigmoid: Self { "sigmoid" }
  /// Shares that add up to 1, for one of several classes.
  public static var softmax: Self { "softmax" }
  /// Between −1 and 1.
  public static var tanh: Self { "tanh" }
  /// x below 0 shrinks to αˣ smoothly.
  public static var elu: Self { "elu" }
  /// ELU with the scales that keep activations normalised; use `.lecunNormal` with it.
  public static var selu: Self { "selu" }
  /// x · Φ(x).
  public static var gelu: Self { "gelu" }
  /// x · sigmoid(x), also called swish.
  public static var silu: Self { "silu" }
  /// log(1 + eˣ).
  public static var softplus: Self { "softplus" }
  /// eˣ.
  public static var exponential: Self { "exponential" }
  /// x / (1 + |x|).
  public static var softsign: Self { "softsign" }
  /// max(x, 0.2 x).
  public static var leakyReLU: Self { "leaky_relu" }
}

extension KerasObject where Kind == InitializerKind {
  /// Zeros.
  public static var zeros: Self { "zeros" }
  /// Ones.
  public static var ones: Self { "ones" }
  /// Evenly spread, for tanh and sigmoid (Glorot & Bengio 2010). Keras' standard.
  public static var glorotUniform: Self { "glorot_uniform" }
  /// The same from a normal distribution.
  public static var glorotNormal: Self { "glorot_normal" }
  /// For relu (He et al. 2015).
  public static var heNormal: Self { "he_normal" }
  /// The same, evenly spread.
  public static var heUniform: Self { "he_uniform" }
  /// For selu (LeCun et al. 1998).
  public static var lecunNormal: Self { "lecun_normal" }
  /// A matrix that keeps lengths.
  public static var orthogonal: Self { "orthogonal" }

  /// Normal numbers around 0.
  public static func randomNormal(standardDeviation: Double = 0.05) -> Self {
    Self("RandomNormal", ["stddev": .double(standardDeviation)])
  }

  /// Always the same number.
  public static func constant(_ value: Double) -> Self {
    Self("Constant", ["value": .double(value)])
  }
}

extension KerasObject where Kind == RegularizerKind {
  /// factor · Σ|w|, which drives weights to exactly 0.
  public static func l1(_ factor: Double = 0.01) -> Self { Self("L1", ["l1": .double(factor)]) }
  /// factor · Σw², which keeps weights small.
  public static func l2(_ factor: Double = 0.01) -> Self { Self("L2", ["l2": .double(factor)]) }
  /// Both.
  public static func l1l2(l1: Double = 0.01, l2: Double = 0.01) -> Self {
    Self("L1L2", ["l1": .double(l1), "l2": .double(l2)])
  }
}

extension KerasObject where Kind == ConstraintKind {
  /// No column longer than a norm.
  public static func maxNorm(_ value: Double = 2) -> Self {
    Self("MaxNorm", ["max_value": .double(value)])
  }
  /// Nothing below 0.
  public static var nonNegative: Self { "non_neg" }
  /// Every column of length 1.
  public static var unitNorm: Self { "unit_norm" }
}
