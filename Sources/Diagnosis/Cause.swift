public import CaseFile

/// One thing that can make a loss rise, stall, oscillate or turn NaN.
///
/// A cause judges by the values of a case alone: it reads no file and trains nothing. What only a
/// trial can settle it returns as a suspicion with the remedies to be tried.
public protocol Cause: Sendable {
  /// The public id, as `learning-rate-high`. Never changes once released.
  var id: String { get }
  /// The name for people, a few words.
  var title: String { get }
  /// The page of the cause: what happens, how it is recognised, what mends it.
  var explanation: String { get }
  /// What must be known for the cause to be examined.
  var needs: [Need] { get }
  /// Cases in which the cause is there, and cases that look alike and are healthy. They are its tests
  /// and part of its page.
  ///
  /// They are marked `@_optimize(none)`: nobody waits for them, and optimising these long literals took
  /// more than half of the time in which this module compiles.
  var examples: [Example] { get }
  /// Looks for the cause in a case.
  func examine(_ facts: CaseFile) -> Examination
}

extension Cause {
  /// The answer where something that the cause needs is not known.
  func lacking(_ needs: Need...) -> Examination {
    .notExamined(needs: needs, hint: Need.hint(needs))
  }
}

/// A case in a few lines, which a cause must accuse or leave alone.
public struct Example: Sendable {
  /// What is to be seen in it.
  public let title: String
  /// The lines of Python that matter.
  public let python: String
  /// Whether the cause is there.
  public let isSick: Bool
  /// The case.
  public let facts: CaseFile

  /// A case that the cause must accuse (or at least suspect).
  public static func sick(_ title: String, _ python: String, _ facts: CaseFile) -> Example {
    Example(title: title, python: python, isSick: true, facts: facts)
  }

  /// A case that the cause must leave alone.
  public static func healthy(_ title: String, _ python: String, _ facts: CaseFile) -> Example {
    Example(title: title, python: python, isSick: false, facts: facts)
  }
}
