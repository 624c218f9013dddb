/// What a body may change, and whether it trains, told without following it.
struct Reach {
  /// The names that it sets, or of whose objects it calls functions.
  private(set) var names: Set<String> = []
  /// The names of models whose weights it may set.
  private(set) var reloaded: Set<String> = []

  /// Functions that change nothing of what they are called on.
  private static let harmless: Set<String> = [
    "summary", "save", "save_weights", "evaluate", "predict", "to_json", "get_config", "head",
    "info", "describe", "plot", "show", "print",
  ]

  init(_ body: [Statement]) { for statement in body { visit(statement) } }

  /// Whether `fit` or `compile` is called in a body.
  static func trains(_ body: [Statement]) -> Bool {
    body.contains { statement in
      switch statement.form {
      case .expression(let value), .assignment(_, let value), .augmented(_, _, let value),
        .returning(let value?):
        return callsTraining(value)
      case .condition(_, let then, let otherwise): return trains(then) || trains(otherwise)
      case .loop(_, _, let body), .whileLoop(_, let body), .with(_, let body): return trains(body)
      case .attempt(let body, _, let last): return trains(body) || trains(last)
      default: return false
      }
    }
  }

  private static func callsTraining(_ expression: Expression) -> Bool {
    switch expression.form {
    case .call(let function, let arguments, _):
      if case .attribute(let base, let name) = function.form {
        if ["fit", "fit_generator", "compile"].contains(name) { return true }
        return callsTraining(base)
      }
      return arguments.contains(where: callsTraining)
    case .attribute(let base, _), .element(let base, _): return callsTraining(base)
    default: return false
    }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.form {
    case .assignment(let targets, _): for target in targets { set(target) }
    case .augmented(let target, _, _): set(target)
    case .expression(let value):
      if case .call(let function, _, _) = value.form,
        case .attribute(let base, let method) = function.form, !Reach.harmless.contains(method)
      {
        if ["load_weights", "set_weights"].contains(method), case .name(let name) = base.form {
          reloaded.insert(name)
        } else {
          set(base)
        }
      }
    case .condition(_, let then, let otherwise):
      for inner in then + otherwise { visit(inner) }
    case .loop(let target, _, let body):
      set(target)
      for inner in body { visit(inner) }
    case .whileLoop(_, let body): for inner in body { visit(inner) }
    case .with(let items, let body):
      for item in items { if let target = item.target { set(target) } }
      for inner in body { visit(inner) }
    case .attempt(let body, let handlers, let last):
      for inner in body + handlers.flatMap({ $0 }) + last { visit(inner) }
    default: break
    }
  }

  private mutating func set(_ target: Expression) {
    switch target.form {
    case .name(let name): names.insert(name)
    case .tuple(let targets), .list(let targets): for inner in targets { set(inner) }
    case .starred(let inner): set(inner)
    case .attribute(let base, _), .element(let base, _): set(base)
    default: break
    }
  }
}
