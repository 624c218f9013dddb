/// All causes, in the order in which findings by rule take precedence: what makes the others
/// meaningless comes first (numbers that are no numbers, then the contract of labels, output and
/// loss), then what keeps weights from moving at all, then what a trial must decide.
public enum CauseCatalogue {
  /// All causes.
  public static let all: [any Cause] = [
    NonFiniteData(),
    DegenerateData(),
    BadWeights(),
    HalfPrecision(),
    LabelRange(),
    LossFunction(),
    OutputUnits(),
    FromLogits(),
    OutputActivation(),
    TargetShape(),
    FrozenWeights(),
    OrderedData(),
    ValidationMismatch(),
    LearningRateSchedule(),
    Initialization(),
    Outliers(),
    FeatureScale(),
    TargetScale(),
    OverRegularised(),
    BatchNorm(),
    HiddenActivation(),
    LearningRateHigh(),
    LearningRateLow(),
    OptimizerChoice(),
    OptimizerStateLost(),
    UnsafeOperation(),
    LossSpikeBatch(),
    ClassImbalance(),
    LabelNoise(),
    DeadUnits(),
    VanishingGradients(),
    ExplodingGradients(),
    BatchSize(),
    TooFewEpochs(),
    Underfitting(),
    TooLittleData(),
    Overfitting(),
    MisalignedData(),
    ValidationLeak(),
    BackendFault(),
    ReadingTheNumber(),
    NoFault(),
  ]

  /// The cause with an id.
  public static func cause(_ id: String) -> (any Cause)? { all.first { $0.id == id } }
}
