/// What is wrong with something that came from outside, told without naming the file.
///
/// Each reader has an enum of its own that says so; ``InputError`` adds what was being read.
public protocol InputProblem: Error, Sendable {
  /// What was found, against what was expected.
  var finding: String { get }
  /// What to do next, as a sentence; empty where nothing can be said.
  var advice: String { get }
}

/// The error of every reader: what was being read, where, what was found against what was expected,
/// and what to do next.
public struct InputError: Error, Sendable {
  /// What was being read, as `model.keras`.
  public var subject: String
  /// Where in it, outermost first, as `["member config.json", "line 3, column 9"]`.
  public var place: [String]
  /// What was wrong.
  public var problem: any InputProblem

  /// An error about a file, or about a part of one.
  public init(_ problem: any InputProblem, in subject: String, at place: [String] = []) {
    self.problem = problem
    self.subject = subject
    self.place = place
  }

  /// Whether there was nothing to read under the name that was given.
  public var isNotFound: Bool { (problem as? FileProblem)?.isNotFound ?? false }
}

extension InputError: CustomStringConvertible {
  /// The whole message on one line, control characters in names made visible.
  public var description: String {
    let text = ([subject] + place).joined(separator: ", ") + ": " + problem.finding + "."
    return printable(problem.advice.isEmpty ? text : text + " " + problem.advice)
  }
}

/// The text with control characters written as `\u{1b}`, so that a name out of a hostile file cannot
/// steer the terminal that shows it.
public func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
