/// A call in a script that matters to a run: where it stands, and where its arguments stand.
package struct ScriptSite: Hashable, Sendable {
  /// The whole call.
  package var call: Span
  /// The function that is called.
  package var function: Span?
  /// The arguments in their order.
  package var arguments: [Argument]

  /// One argument.
  package struct Argument: Hashable, Sendable {
    /// The name that Keras 3 gives it.
    package var name: String
    /// The name as written; `nil` for an argument by position.
    package var written: String?
    /// Where its value stands.
    package var value: Span
    /// Whether the value is a text that names something, as `'adam'`.
    package var isText: Bool
    /// Whether it is a constant, or a name, and may be replaced without losing anything.
    package var isPlain: Bool
  }

  /// The argument of a name.
  package func argument(_ name: String) -> Argument? { arguments.last { $0.name == name } }

  init(_ site: CallSite) {
    call = site.expression.span
    function = nil
    if case .call(let callee, _, _) = site.expression.form { function = callee.span }
    arguments = site.arguments.compactMap { argument in
      guard let expression = argument.expression else { return nil }
      var (isText, isPlain) = (false, false)
      switch expression.form {
      case .string: (isText, isPlain) = (true, true)
      case .int, .double, .bool, .none, .name, .unary: isPlain = true
      default: break
      }
      return Argument(
        name: argument.name, written: argument.written, value: expression.span, isText: isText,
        isPlain: isPlain)
    }
  }
}
