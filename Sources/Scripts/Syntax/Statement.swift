/// A statement of a Python program.
package final class Statement: Sendable {
  /// Where it stands.
  package let span: Span
  /// What it is.
  package let form: Form

  /// A statement.
  init(_ form: Form, at span: Span) {
    self.form = form
    self.span = span
  }

  /// The kinds of statements that are followed; ``other`` is every other.
  package enum Form: Sendable {
    case assignment([Expression], Expression)
    case augmented(Expression, String, Expression)
    case expression(Expression)
    case condition(Expression, [Statement], [Statement])
    case loop(Expression, Expression, [Statement])
    case whileLoop(Expression, [Statement])
    case function(String, Parameters, [Statement])
    case classDefinition(String, [Expression], [Statement])
    case returning(Expression?)
    case importing([(name: String, alias: String?)])
    case importingFrom(String, [(name: String, alias: String?)])
    case with([(value: Expression, target: Expression?)], [Statement])
    case attempt([Statement], [[Statement]], [Statement])
    case deletion([Expression])
    case breaking
    case continuing
    case raising
    case nothing
    case other
  }
}
