/// A mistake in how a command was called that only shows once the inputs are known.
struct CommandError: Error {
  /// What was being read or written, and where.
  var subject: String
  /// What was found against what was expected.
  var finding: String
  /// What to do next.
  var advice: String
  /// What the program says to the shell.
  var status: ExitStatus

  init(_ subject: String, _ finding: String, advice: String, status: ExitStatus = .badInput) {
    self.subject = subject
    self.finding = finding
    self.advice = advice
    self.status = status
  }
}

extension CommandError: CustomStringConvertible {
  var description: String { "\(subject): \(finding). \(advice)" }
}
