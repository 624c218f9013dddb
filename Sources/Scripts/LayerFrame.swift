/// How the call that makes a layer stands in a script, which tells how another is put beside it.
package enum LayerFrame: Hashable, Sendable {
  /// `Sequential([…, Dense(8), …])`.
  case item
  /// `model.add(Dense(8))`, a statement of its own: the statement, and what is added to.
  case added(statement: Span, to: Span)
  /// `Dense(8)(x)`: the whole, and its only argument.
  case applied(Span, argument: Span)

  /// The frames of all calls of a program, by the stretch of the call.
  static func all(in statements: [Statement]) -> [Span: LayerFrame] {
    var frames: [Span: LayerFrame] = [:]
    for statement in statements { visit(statement, &frames) }
    return frames
  }

  private static func visit(_ statement: Statement, _ frames: inout [Span: LayerFrame]) {
    switch statement.form {
    case .expression(let value):
      if case .call(let function, let arguments, _) = value.form, arguments.count == 1,
        case .attribute(let base, "add") = function.form
      {
        frames[arguments[0].span] = .added(statement: statement.span, to: base.span)
      }
      visit(value, &frames)
    case .assignment(_, let value), .augmented(_, _, let value), .returning(let value?):
      visit(value, &frames)
    case .condition(_, let then, let otherwise):
      for inner in then + otherwise { visit(inner, &frames) }
    case .loop(_, _, let body), .whileLoop(_, let body), .with(_, let body),
      .function(_, _, let body), .classDefinition(_, _, let body):
      for inner in body { visit(inner, &frames) }
    case .attempt(let body, let handlers, let last):
      for inner in body + handlers.flatMap({ $0 }) + last { visit(inner, &frames) }
    default: break
    }
  }

  private static func visit(_ expression: Expression, _ frames: inout [Span: LayerFrame]) {
    switch expression.form {
    case .call(let function, let arguments, let named):
      if case .call = function.form, arguments.count == 1, named.isEmpty {
        frames[function.span] = .applied(expression.span, argument: arguments[0].span)
      }
      visit(function, &frames)
      for argument in arguments { visit(argument, &frames) }
      for argument in named { visit(argument.value, &frames) }
    case .list(let elements), .tuple(let elements):
      for element in elements {
        frames[element.span] = .item
        visit(element, &frames)
      }
    case .attribute(let base, _): visit(base, &frames)
    case .binary(_, let left, let right):
      visit(left, &frames)
      visit(right, &frames)
    case .conditional(_, let then, let otherwise):
      visit(then, &frames)
      visit(otherwise, &frames)
    default: break
    }
  }
}
