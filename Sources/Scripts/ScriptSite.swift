/// A call in a script that matters to a run: where it stands, and where its arguments stand.
package struct ScriptSite: Hashable, Sendable {
  /// The whole call.
  package var call: Span
  /// The function that is called.
  package var function: Span?
  /// The arguments in their order.
  package var arguments: [Argument]
  /// The parts of `validation_data` where they are written out: features and targets.
  package var validation: [Argument] = []
  /// The object whose function is called.
  package var object: Span?

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
    /// Whether the value is a name, which may be set anew before the call.
    package var isName: Bool
    /// Whether the value is `True`, `False` or `None`.
    package var isConstant: Bool
    /// The elements of a list or tuple that is written out; `nil` for everything else.
    package var items: [Span]?

    init(_ name: String, _ written: String?, _ expression: Expression) {
      (self.name, self.written, value) = (name, written, expression.span)
      (isText, isName, isConstant) = (false, false, false)
      switch expression.form {
      case .string: isText = true
      case .name: isName = true
      case .bool, .none: isConstant = true
      case .list(let elements), .tuple(let elements): items = elements.map(\.span)
      default: break
      }
    }
  }

  /// The argument of a name.
  package func argument(_ name: String) -> Argument? { arguments.last { $0.name == name } }

  init(_ site: CallSite) {
    call = site.expression.span
    function = nil
    if case .call(let callee, _, _) = site.expression.form {
      function = callee.span
      if case .attribute(let base, _) = callee.form { object = base.span }
    }
    arguments = site.arguments.compactMap { argument in
      argument.expression.map { Argument(argument.name, argument.written, $0) }
    }
    let parts = site.argument("validation_data")?.expression?.form
    if case .tuple(let items)? = parts { validation = items.map { Argument("", nil, $0) } }
    if case .list(let items)? = parts { validation = items.map { Argument("", nil, $0) } }
  }
}
