/// Everything that is known of one training run, as plain values; any part may be unknown.
///
/// A recorded run, a model file with arrays, or a log fill it in to different degrees. The rules of
/// the diagnosis read nothing else, so they treat all sources alike.
public struct CaseFile: Codable, Hashable, Sendable {
  /// What was handed in.
  public var inputs: [InputSource]
  /// The model.
  public var model: ModelFacts?
  /// The arguments of `compile`.
  public var compilation: CompileFacts?
  /// The arguments of `fit`.
  public var fit: FitFacts?
  /// Where the run took place.
  public var environment: EnvironmentFacts?
  /// The data.
  public var data: DataFacts?
  /// What was recorded of the run.
  public var recorded: RecordedRun?
  /// What experiments measured; `nil` before any was made.
  public var measurements: Measurements?

  /// A case of which only the inputs are known.
  public init(inputs: [InputSource] = []) { self.inputs = inputs }
}
