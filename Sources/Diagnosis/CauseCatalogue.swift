/// All causes, in the order in which findings by rule take precedence: what makes the others
/// meaningless comes first (numbers that are no numbers, then the contract of labels, output and
/// loss), then what keeps weights from moving at all, then what a trial must decide.
public enum CauseCatalogue {
  /// All causes.
  public static let all: [any Cause] = [
    NonFiniteData(),
    DegenerateData(),
    BadWeights(),
    LabelRange(),
    LossFunction(),
    OutputUnits(),
    FromLogits(),
    OutputActivation(),
    FrozenWeights(),
    OrderedData(),
    ValidationMismatch(),
    LearningRateSchedule(),
    Initialization(),
    Outliers(),
    FeatureScale(),
    TargetScale(),
    OverRegularised(),
    HiddenActivation(),
    LearningRateHigh(),
    LearningRateLow(),
    Underfitting(),
    Overfitting(),
    MisalignedData(),
    ReadingTheNumber(),
    NoFault(),
  ]

  /// The cause with an id.
  public static func cause(_ id: String) -> (any Cause)? { all.first { $0.id == id } }
}
