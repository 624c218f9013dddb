/// What a mark stands for, which gives it its colour and its dashes.
public enum Tone: String, Sendable, CaseIterable {
  /// The first of several equals: the user's run, the training part.
  case first
  /// The second of them: the validation part.
  case second
  /// Something that is wrong: the run before the remedy.
  case bad
  /// Something that is well: the run with the remedy.
  case good
  /// Something to compare with.
  case neutral

  /// How curves of this tone are dashed, so that they differ on grey paper too.
  var dashes: String {
    switch self {
    case .first, .good: ""
    case .second, .bad: " dashed"
    case .neutral: " dotted"
    }
  }
}
