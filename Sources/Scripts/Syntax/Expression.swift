/// An expression of a Python program.
package final class Expression: Sendable {
  /// Where it stands.
  package let span: Span
  /// What it is.
  package let form: Form

  /// An expression.
  init(_ form: Form, at span: Span) {
    self.form = form
    self.span = span
  }

  /// The kinds of expressions that are evaluated; ``other`` is every other.
  package enum Form: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case ellipsis
    case name(String)
    case attribute(Expression, String)
    case element(Expression, Expression)
    case slice(Expression?, Expression?, Expression?)
    case call(Expression, [Expression], [Keyword])
    case list([Expression])
    case tuple([Expression])
    case dictionary([(key: Expression?, value: Expression)])
    case binary(String, Expression, Expression)
    case unary(String, Expression)
    case boolean(isAnd: Bool, [Expression])
    case comparison(Expression, [(operation: String, right: Expression)])
    case conditional(test: Expression, then: Expression, otherwise: Expression)
    case comprehension(Expression, value: Expression?, [Generator])
    case lambda(Parameters, Expression)
    case starred(Expression)
    case formatted([Expression])
    case other
  }

  /// `for target in source if …` within a comprehension.
  package struct Generator: Sendable {
    /// What is set.
    package let target: Expression
    /// What is gone through.
    package let source: Expression
    /// What must hold.
    package let conditions: [Expression]
  }
}

/// `name=value` in a call; without a name `**value`.
package struct Keyword: Sendable {
  /// The name.
  package let name: String?
  /// The value.
  package let value: Expression
  /// Where the whole stands; only as good as the parser tells.
  package let span: Span
}

/// The parameters of a function.
package struct Parameters: Sendable {
  /// The names, keyword-only ones last.
  package var names: [String] = []
  /// The values of those that have one.
  package var defaults: [String: Expression] = [:]
  /// The name of `*args`.
  package var rest: String?
  /// The name of `**kwargs`.
  package var keywords: String?
}
