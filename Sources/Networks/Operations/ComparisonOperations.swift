import Graphs

/// Comparisons and logic; truth is 1 or 0.
enum ComparisonOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "Equal": binary { $0.binary(.equal, $1, $2) },
    "NotEqual": binary { $0.isNotEqual($1, $2) },
    "Greater": binary { $0.binary(.greater, $1, $2) },
    "GreaterEqual": binary { $0.binary(.greaterOrEqual, $1, $2) },
    "Less": binary { $0.binary(.greater, $2, $1) },
    "LessEqual": binary { $0.binary(.greaterOrEqual, $2, $1) },
    "LogicalAnd": binary { graph, a, b in graph.both(graph.isTrue(a), graph.isTrue(b)) },
    "LogicalOr": binary { graph, a, b in graph.either(graph.isTrue(a), graph.isTrue(b)) },
    "LogicalXor": binary { graph, a, b in graph.isNotEqual(graph.isTrue(a), graph.isTrue(b)) },
    "LogicalNot": { call in
      let x = try call.operand(0, "x")
      return [call.graph.not(call.graph.isTrue(x))]
    },
    "Where": { call in
      let condition = try call.operand(0, "condition")
      let (a, b) = (try call.operand(1, "x1"), try call.operand(2, "x2"))
      try call.requireBroadcast([condition, a])
      try call.requireBroadcast([condition, b])
      try call.requireBroadcast([a, b])
      return [call.graph.select(condition, a, b)]
    },
  ]

  private static func binary(
    _ build: @escaping @Sendable (inout Graph, Value, Value) -> Value
  ) -> OperationCatalogue.Builder {
    { call in
      let (a, b) = try call.pair()
      return [build(&call.graph, a, b)]
    }
  }
}
