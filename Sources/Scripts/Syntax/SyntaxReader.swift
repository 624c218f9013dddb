import JSON

/// Makes the tree of a program from what the parser dumped.
///
/// Nothing is taken on trust: whatever does not look as expected becomes `other`, which is unknown to
/// the evaluation.
struct SyntaxReader {
  /// The statements of a body.
  static func statements(_ value: JSONValue?) -> [Statement] { (value?.array ?? []).map(statement) }

  private static func span(_ node: JSONValue) -> Span {
    guard let place = node["p"]?.array?.compactMap(\.int), place.count == 4 else {
      return Span(line: 0, column: 0, endLine: 0, endColumn: 0)
    }
    return Span(line: place[0], column: place[1], endLine: place[2], endColumn: place[3])
  }

  private static func statement(_ node: JSONValue) -> Statement {
    Statement(statementForm(node), at: span(node))
  }

  private static func statementForm(_ node: JSONValue) -> Statement.Form {
    func body(_ key: String) -> [Statement] { statements(node[key]) }
    func one(_ key: String) -> Expression? { node[key].map(expression) }
    func aliases() -> [(name: String, alias: String?)] {
      (node["names"]?.array ?? []).compactMap { entry in
        entry["name"]?.string.map { ($0, entry["asname"]?.string) }
      }
    }
    switch node["t"]?.string {
    case "Assign":
      guard let value = one("value") else { return .other }
      return .assignment((node["targets"]?.array ?? []).map(expression), value)
    case "AnnAssign":
      guard let target = one("target"), let value = one("value") else { return .nothing }
      return .assignment([target], value)
    case "AugAssign":
      guard let target = one("target"), let value = one("value"),
        let name = node["op"]?["t"]?.string
      else { return .other }
      return .augmented(target, name, value)
    case "Expr": return one("value").map { .expression($0) } ?? .other
    case "If":
      guard let test = one("test") else { return .other }
      return .condition(test, body("body"), body("orelse"))
    case "For":
      guard let target = one("target"), let source = one("iter") else { return .other }
      return .loop(target, source, body("body"))
    case "While":
      guard let test = one("test") else { return .other }
      return .whileLoop(test, body("body"))
    case "FunctionDef":
      guard let name = node["name"]?.string else { return .other }
      return .function(name, parameters(node["args"]), body("body"))
    case "ClassDef":
      guard let name = node["name"]?.string else { return .other }
      return .classDefinition(name, (node["bases"]?.array ?? []).map(expression), body("body"))
    case "Return": return .returning(one("value"))
    case "Import": return .importing(aliases())
    case "ImportFrom": return .importingFrom(node["module"]?.string ?? "", aliases())
    case "With":
      let items = (node["items"]?.array ?? []).compactMap { item in
        item["context_expr"].map { (expression($0), item["optional_vars"].map(expression)) }
      }
      return .with(items.map { (value: $0.0, target: $0.1) }, body("body"))
    case "Try", "TryStar":
      let handlers = (node["handlers"]?.array ?? []).map { statements($0["body"]) }
      return .attempt(body("body"), handlers, body("orelse") + body("finalbody"))
    case "Delete": return .deletion((node["targets"]?.array ?? []).map(expression))
    case "Break": return .breaking
    case "Continue": return .continuing
    case "Raise": return .raising
    case "Pass", "Global", "Nonlocal", "Assert": return .nothing
    default: return .other
    }
  }

  private static func parameters(_ node: JSONValue?) -> Parameters {
    var result = Parameters()
    func names(_ key: String) -> [String] {
      (node?[key]?.array ?? []).compactMap { $0["arg"]?.string }
    }
    let positional = names("posonlyargs") + names("args")
    let defaults = (node?["defaults"]?.array ?? []).map(expression)
    for (name, value) in zip(positional.suffix(defaults.count), defaults) {
      result.defaults[name] = value
    }
    let keywordOnly = names("kwonlyargs")
    for (name, value) in zip(keywordOnly, node?["kw_defaults"]?.array ?? [])
    where !value.isNull { result.defaults[name] = expression(value) }
    result.names = positional + keywordOnly
    result.rest = node?["vararg"]?["arg"]?.string
    result.keywords = node?["kwarg"]?["arg"]?.string
    return result
  }

  private static func expression(_ node: JSONValue) -> Expression {
    Expression(expressionForm(node), at: span(node))
  }

  private static func expressionForm(_ node: JSONValue) -> Expression.Form {
    func one(_ key: String) -> Expression? { node[key].map(expression) }
    func many(_ key: String) -> [Expression] { (node[key]?.array ?? []).map(expression) }
    switch node["t"]?.string {
    case "Constant": return constant(node["v"] ?? .null)
    case "Ellipsis": return .ellipsis
    case "Name": return node["id"]?.string.map { .name($0) } ?? .other
    case "Attribute":
      guard let value = one("value"), let name = node["attr"]?.string else { return .other }
      return .attribute(value, name)
    case "Subscript":
      guard let value = one("value"), let index = one("slice") else { return .other }
      return .element(value, index)
    case "Index": return one("value")?.form ?? .other
    case "ExtSlice": return .tuple(many("dims"))
    case "Slice": return .slice(one("lower"), one("upper"), one("step"))
    case "Call":
      guard let function = one("func") else { return .other }
      return .call(function, many("args"), (node["keywords"]?.array ?? []).compactMap(keyword))
    case "List", "Set": return .list(many("elts"))
    case "Tuple": return .tuple(many("elts"))
    case "Dict":
      let keys = (node["keys"]?.array ?? []).map { $0.isNull ? nil : expression($0) }
      return .dictionary(zip(keys, many("values")).map { (key: $0, value: $1) })
    case "BinOp":
      guard let left = one("left"), let right = one("right"), let name = node["op"]?["t"]?.string
      else { return .other }
      return .binary(name, left, right)
    case "UnaryOp":
      guard let operand = one("operand"), let name = node["op"]?["t"]?.string else { return .other }
      return .unary(name, operand)
    case "BoolOp": return .boolean(isAnd: node["op"]?["t"]?.string == "And", many("values"))
    case "Compare":
      guard let left = one("left") else { return .other }
      let names = (node["ops"]?.array ?? []).compactMap { $0["t"]?.string }
      return .comparison(left, zip(names, many("comparators")).map { (operation: $0, right: $1) })
    case "IfExp":
      guard let test = one("test"), let then = one("body"), let otherwise = one("orelse")
      else { return .other }
      return .conditional(test: test, then: then, otherwise: otherwise)
    case "ListComp", "GeneratorExp", "SetComp":
      return one("elt").map { .comprehension($0, value: nil, generators(node)) } ?? .other
    case "DictComp":
      guard let key = one("key"), let value = one("value") else { return .other }
      return .comprehension(key, value: value, generators(node))
    case "Lambda": return one("body").map { .lambda(parameters(node["args"]), $0) } ?? .other
    case "Starred": return one("value").map { .starred($0) } ?? .other
    case "JoinedStr": return .formatted(many("values"))
    case "FormattedValue": return one("value")?.form ?? .other
    case "NamedExpr": return one("value")?.form ?? .other
    default: return .other
    }
  }

  private static func constant(_ value: JSONValue) -> Expression.Form {
    switch value {
    case .null: .none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    default: .other
    }
  }

  private static func keyword(_ node: JSONValue) -> Keyword? {
    node["value"].map {
      Keyword(name: node["arg"]?.string, value: expression($0), span: span(node))
    }
  }

  private static func generators(_ node: JSONValue) -> [Expression.Generator] {
    (node["generators"]?.array ?? []).compactMap { entry in
      guard let target = entry["target"], let source = entry["iter"] else { return nil }
      return Expression.Generator(
        target: expression(target), source: expression(source),
        conditions: (entry["ifs"]?.array ?? []).map(expression))
    }
  }
}
