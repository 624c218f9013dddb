/// Follows a script as far as it can be known without running it.
///
/// It knows the part of Python that builds models and prepares arrays. Whatever it does not know is
/// ``Value/unknown``, and so is all that depends on it.
final class Evaluator {
  /// The names of the script as a whole.
  let globals = Scope()
  /// What is visible where the evaluation stands.
  var scope: Scope
  /// How many of each class of layers were made, for their names.
  var layerCounts: [String: Int] = [:]
  /// The models, in the order in which they were made.
  var models: [ScriptModel] = []
  /// Models that are used as layers of others.
  var modelLayers: [ObjectIdentifier: ScriptLayer] = [:]
  /// The optimizers, losses and other objects of Keras, in the order in which they were made.
  var objects: [ScriptObject] = []
  /// The calls of `fit`, in order.
  var fits: [FitCall] = []
  /// Where `trainable` is set.
  var trainables: [Span] = []
  /// Where weights are set from outside.
  var weightCalls: [Span] = []
  /// The modules of which all names were imported.
  var starImports: [String] = []
  /// All modules that were imported.
  var importedModules: Set<String> = []
  /// The backend that the script asks for.
  var backend: String?
  /// The policy of element types that the script sets for its layers.
  var precision: String?
  /// The random numbers that arrays are drawn with.
  var draws = Draws()
  /// Whether any array only spreads as the script's own, so that what features tell of labels is not kept.
  var usesStandIns = false
  private var steps = 0
  private var depth = 0
  private var callDepth = 0
  private var loopDepth = 0
  private var loopStart = 0

  /// How many expressions are evaluated at most, and within one loop: some tenths of a second.
  private static let stepLimit = 1_500_000
  private static let loopLimit = 400_000
  /// How deep calls and expressions may be nested before the rest is unknown.
  private static let depthLimit = 150
  private static let callLimit = 12

  /// Why a loop is left without its end being known.
  struct Exhausted: Error {}

  /// How a body ends.
  enum Flow {
    case normal, breaking, continuing
    case returning(Value)
  }

  init() {
    scope = globals
    globals.values["__name__"] = .string("__main__")
  }

  /// A call of `fit`, as things stood when it was made.
  struct FitCall {
    let model: ScriptModel
    /// The call of `compile` that was in force.
    let compilation: CallSite?
    let site: CallSite
    /// A copy of what the arrays were.
    let x: Value
    let y: Value
    let validation: Value
    /// The name of the function: `fit`, `fit_generator`.
    let function: String
  }

  // MARK: Statements

  /// Follows a body.
  @discardableResult
  func run(_ body: [Statement]) throws -> Flow {
    for statement in body {
      let flow = try run(statement)
      if case .normal = flow { continue }
      return flow
    }
    return .normal
  }

  private func run(_ statement: Statement) throws -> Flow {
    try count()
    switch statement.form {
    case .assignment(let targets, let value):
      let result = try evaluate(value)
      for target in targets {
        try assign(result, to: target)
        if case .attribute(_, "trainable") = target.form { trainables.append(value.span) }
      }
    case .augmented(let target, let operation, let value):
      let old = try evaluate(target)
      let result = Operators.apply(operation, old, try evaluate(value), evaluator: self)
      // Arrays change in place, under all their names.
      if case .array(let box) = old, case .array(let changed) = result,
        !box.array.shape.isEmpty, box.array.shape == changed.array.shape
      {
        box.array = changed.array
        if case .name = target.form { return .normal }
      }
      try assign(result, to: target)
    case .expression(let expression): _ = try evaluate(expression)
    case .condition(let test, let then, let otherwise):
      return try branch(test, then, otherwise)
    case .loop(let target, let source, let body): return try loop(target, source, body)
    case .whileLoop(let test, let body): return try whileLoop(test, body)
    case .function(let name, let parameters, let body):
      scope.values[name] = .function(UserFunction(name, parameters, body: body, scope: scope))
    case .classDefinition(let name, let bases, let body):
      let names = try bases.map { try evaluate($0) }.compactMap { value -> String? in
        if case .library(let name) = value { return name }
        if case .userClass(let base) = value {
          return base.isModel ? "keras.Model" : base.isLayer ? "keras.layers.Layer" : nil
        }
        return nil
      }
      let keras = names.filter { $0.hasPrefix("keras") }.map(lastPart)
      let type = UserClass(
        name, isModel: keras.contains { ["Model", "Sequential"].contains($0) },
        isLayer: keras.contains("Layer"))
      for case .function(let method, let parameters, let inner) in body.map(\.form) {
        type.methods[method] = UserFunction(method, parameters, body: inner, scope: scope)
      }
      scope.values[name] = .userClass(type)
    case .returning(let value): return .returning(try value.map { try evaluate($0) } ?? .none)
    case .importing(let names): for entry in names { importModule(entry.name, as: entry.alias) }
    case .importingFrom(let module, let names): importNames(names, from: module)
    case .with(let items, let body):
      for item in items {
        let value = try evaluate(item.value)
        if let target = item.target { try assign(value, to: target) }
      }
      return try run(body)
    case .attempt(let body, _, let last):
      let flow = try run(body)
      if case .normal = flow { return try run(last) }
      return flow
    case .deletion(let targets):
      for target in targets {
        if case .name(let name) = target.form { scope.values[name] = .unknown }
      }
    case .breaking: return .breaking
    case .continuing: return .continuing
    case .raising, .nothing, .other: break
    }
    return .normal
  }

  private func branch(
    _ test: Expression, _ then: [Statement], _ otherwise: [Statement]
  ) throws -> Flow {
    if let truth = try evaluate(test).truth { return try run(truth ? then : otherwise) }
    // The run that is asked about is one in which the model is trained.
    let trains = [then, otherwise].map(Reach.trains)
    if trains[0] != trains[1] { return try run(trains[0] ? then : otherwise) }
    forget(then + otherwise)
    return .normal
  }

  /// Marks as unknown whatever a body may change.
  func forget(_ body: [Statement]) {
    let reach = Reach(body)
    for name in reach.reloaded {
      if case .model(let model)? = scope[name] { model.hasUnknownWeights = true }
    }
    for name in reach.names {
      switch scope[name] {
      case .model(let model): model.isUnknown = true
      case .layer(let layer): layer.isOpaque = true
      case .library, .function: break
      default: scope.values[name] = .unknown
      }
    }
    for case .function(let name, let parameters, let inner) in body.map(\.form) {
      scope.values[name] = .function(UserFunction(name, parameters, body: inner, scope: scope))
    }
  }

  private func loop(
    _ target: Expression, _ source: Expression, _ body: [Statement]
  ) throws -> Flow {
    let values = try evaluate(source)
    guard let elements = try elements(of: values) else {
      // Some turn of the loop is made, with a value that is not known.
      if Reach.trains(body) {
        try assign(.unknown, to: target)
        return try run(body)
      }
      forget(body)
      try assign(.unknown, to: target)
      return .normal
    }
    return try bounded(body) {
      for (index, element) in elements.enumerated() {
        try assign(element, to: target)
        let flow = try run(body)
        // Rows of an array are views of it.
        if case .array(let whole) = values, case .array(let row) = element,
          !row.array.shape.isEmpty
        {
          _ = whole.array.set([.number(index)], to: row.array)
        }
        if case .breaking = flow { break }
        if case .returning = flow { return flow }
      }
      return .normal
    }
  }

  private func whileLoop(_ test: Expression, _ body: [Statement]) throws -> Flow {
    try bounded(body) {
      while let truth = try evaluate(test).truth {
        guard truth else { return .normal }
        let flow = try run(body)
        if case .breaking = flow { return .normal }
        if case .returning = flow { return flow }
      }
      forget(body)
      return .normal
    }
  }

  /// Makes the turns of a loop; what a loop that takes too long changes is unknown.
  private func bounded(_ body: [Statement], _ turns: () throws -> Flow) throws -> Flow {
    loopDepth += 1
    if loopDepth == 1 { loopStart = steps }
    defer { loopDepth -= 1 }
    do {
      return try turns()
    } catch is Exhausted where loopDepth == 1 && steps < Evaluator.stepLimit {
      forget(body)
      return .normal
    }
  }

  private func count() throws {
    steps += 1
    if steps > Evaluator.stepLimit { throw Exhausted() }
    if loopDepth > 0, steps - loopStart > Evaluator.loopLimit { throw Exhausted() }
  }

  /// Goes into a function; `false` where functions call each other without end.
  func enter() throws -> Bool {
    try count()
    guard callDepth < Evaluator.callLimit else { return false }
    callDepth += 1
    return true
  }

  /// Comes out of a function.
  func leave() { callDepth -= 1 }

  // MARK: Assignments

  /// Sets what an expression names.
  func assign(_ value: Value, to target: Expression) throws {
    switch target.form {
    case .name(let name): scope.values[name] = value
    case .tuple(let targets), .list(let targets): try spread(value, over: targets)
    case .starred(let inner): try assign(value, to: inner)
    case .attribute(let base, let name):
      Attributes.set(name, of: try evaluate(base), to: value, evaluator: self)
    case .element(let base, let index): try setElement(value, base, index)
    default: break
    }
  }

  private func spread(_ value: Value, over targets: [Expression]) throws {
    if let values = try elements(of: value), values.count == targets.count {
      for (target, element) in zip(targets, values) { try assign(element, to: target) }
    } else {
      for target in targets { try assign(.unknown, to: target) }
    }
  }

  private func setElement(_ value: Value, _ base: Expression, _ index: Expression) throws {
    let container = try evaluate(base)
    switch container {
    case .list(let box):
      let key = try evaluate(index)
      guard let number = key.int, let place = Indexing.place(number, box.elements.count) else {
        return
      }
      box.elements[place] = value
    case .dictionary(let box): box[try evaluate(index)] = value
    case .array(let box):
      guard let parts = try Indexing.parts(index, evaluator: self),
        let array = ArrayConversion.array(value), box.array.set(parts, to: array)
      else {
        // What was set is not known, so the array no longer is.
        var root = base
        while case .element(let inner, _) = root.form { root = inner }
        if case .name(let name) = root.form { scope.values[name] = .unknown }
        return
      }
      // Part of a part: NumPy's are views of the whole.
      if case .element = base.form { try assign(container, to: base) }
    case .library("os.environ"):
      if try evaluate(index).string == "KERAS_BACKEND" { backend = value.string }
    default: break
    }
  }

  // MARK: Expressions

  /// What an expression comes to.
  func evaluate(_ expression: Expression) throws -> Value {
    try count()
    depth += 1
    defer { depth -= 1 }
    guard depth < Evaluator.depthLimit else { return .unknown }
    switch expression.form {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string(let text): return .string(text)
    case .name(let name): return value(ofName: name)
    case .attribute(let base, let name):
      return Attributes.value(name, of: try evaluate(base), evaluator: self)
    case .element(let base, let index):
      return try Indexing.element(index, of: try evaluate(base), evaluator: self)
    case .call(let function, let arguments, let keywords):
      return try call(expression, function, arguments, keywords)
    case .list(let items): return .list(try items.flatMap { try spreadItem($0) })
    case .tuple(let items): return .tuple(try items.flatMap { try spreadItem($0) })
    case .dictionary(let members): return try dictionary(members)
    case .binary(let operation, let left, let right):
      return Operators.apply(operation, try evaluate(left), try evaluate(right), evaluator: self)
    case .unary(let operation, let operand):
      return Operators.apply(operation, try evaluate(operand))
    case .boolean(let isAnd, let items):
      var last = Value.unknown
      for item in items {
        last = try evaluate(item)
        guard let truth = last.truth else { return .unknown }
        if truth != isAnd { return last }
      }
      return last
    case .comparison(let left, let steps): return try compare(left, steps)
    case .conditional(let test, let then, let otherwise):
      guard let truth = try evaluate(test).truth else { return .unknown }
      return try evaluate(truth ? then : otherwise)
    case .comprehension(let element, let value, let generators):
      return try comprehension(element, value, generators)
    case .lambda(let parameters, let body):
      return .function(UserFunction("<lambda>", parameters, expression: body, scope: scope))
    case .formatted(let parts): return try formatted(parts)
    case .ellipsis, .slice, .starred, .other: return .unknown
    }
  }

  private func spreadItem(_ item: Expression) throws -> [Value] {
    guard case .starred(let inner) = item.form else { return [try evaluate(item)] }
    return try elements(of: try evaluate(inner)) ?? [.unknown]
  }

  private func dictionary(_ members: [(key: Expression?, value: Expression)]) throws -> Value {
    let box = DictionaryBox()
    for member in members {
      let value = try evaluate(member.value)
      if let key = member.key {
        box[try evaluate(key)] = value
      } else if case .dictionary(let other) = value {
        for (key, value) in other.members { box[key] = value }
      } else {
        box.isComplete = false
      }
    }
    return .dictionary(box)
  }

  private func compare(
    _ left: Expression, _ steps: [(operation: String, right: Expression)]
  ) throws -> Value {
    var first = try evaluate(left)
    var result = Value.bool(true)
    for step in steps {
      let second = try evaluate(step.right)
      result = Operators.compare(step.operation, first, second)
      if steps.count > 1 {
        guard let truth = result.truth else { return .unknown }
        if !truth { return .bool(false) }
      }
      first = second
    }
    return result
  }

  private func comprehension(
    _ element: Expression, _ value: Expression?, _ generators: [Expression.Generator]
  ) throws -> Value {
    let outer = scope
    scope = Scope(parent: outer)
    defer { scope = outer }
    var results: [Value] = []
    let box = DictionaryBox()
    func turn(_ level: Int) throws -> Bool {
      guard level < generators.count else {
        if let value {
          box[try evaluate(element)] = try evaluate(value)
        } else {
          results.append(try evaluate(element))
        }
        return true
      }
      let generator = generators[level]
      guard let elements = try elements(of: try evaluate(generator.source)) else { return false }
      for item in elements {
        try assign(item, to: generator.target)
        var holds = true
        for condition in generator.conditions {
          guard let truth = try evaluate(condition).truth else { return false }
          if !truth { holds = false }
        }
        if holds, try !turn(level + 1) { return false }
      }
      return true
    }
    loopDepth += 1
    if loopDepth == 1 { loopStart = steps }
    defer { loopDepth -= 1 }
    do {
      guard try turn(0) else { return .unknown }
    } catch is Exhausted where loopDepth == 1 && steps < Evaluator.stepLimit {
      return .unknown
    }
    return value == nil ? .list(results) : .dictionary(box)
  }

  private func formatted(_ parts: [Expression]) throws -> Value {
    var text = ""
    for part in parts {
      let value = try evaluate(part)
      switch value {
      case .string(let piece): text += piece
      case .int(let number): text += "\(number)"
      default: return .unknown
      }
    }
    return .string(text)
  }

  /// What is gone through by a loop; `nil` where that is not known.
  func elements(of value: Value) throws -> [Value]? {
    switch value {
    case .list, .tuple, .range: return value.elements
    case .dictionary(let box): return box.isComplete ? box.members.map(\.key) : nil
    case .array(let box):
      let array = box.array
      guard array.declaredRows == nil, !array.shape.isEmpty, array.rows <= 100_000 else {
        return nil
      }
      return (0..<array.rows).map { Indexing.item($0, of: array) }
    case .string(let text): return text.map { .string(String($0)) }
    case .tensor(let tensor): return tensor.results?.map { .tensor($0) }
    default: return nil
    }
  }
}

/// The last part of a dotted name.
func lastPart(_ name: String) -> String {
  name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
}
