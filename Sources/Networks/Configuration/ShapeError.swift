package import Tensors

/// Shapes that do not fit together.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where: `Dense 'dense_1'`, `loss mean_squared_error`.
  public let subject: String
  /// What was found there.
  public let found: String
  /// What would fit.
  public let expected: String
  /// What to do.
  public let advice: String

  /// An error about shapes.
  public init(subject: String, found: String, expected: String, advice: String = "") {
    self.subject = subject
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// The error that targets and predictions do not fit, naming the first axis where they differ.
  package init(loss: String, target: Shape, prediction: Shape, advice: String = "") {
    var place = "ranks \(target.rank) and \(prediction.rank)"
    if target.rank == prediction.rank,
      let axis = (0..<target.rank).first(where: { target.extents[$0] != prediction.extents[$0] })
    {
      place = "axis \(axis): \(target.extents[axis]) and \(prediction.extents[axis])"
    }
    self.init(
      subject: loss, found: "targets of shape \(target) for predictions of shape \(prediction)",
      expected: "equal shapes (they differ in \(place))", advice: advice)
  }

  /// The error as a sentence.
  public var description: String {
    "\(subject): found \(found), expected \(expected)" + (advice.isEmpty ? "" : ". \(advice)")
  }
}
