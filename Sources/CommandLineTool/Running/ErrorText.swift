import Reports

/// Errors as the user reads them.
enum ErrorText {
  /// The message in one line. Names in it come from files, so controls are escaped.
  static func message(for error: any Error) -> String {
    SafeText.escaped(String(describing: error))
  }
}
