package import Graphs
import JSON
package import Tensors

/// Attention in several heads: query, value and key `[batch, steps, features]` are projected for each
/// head, weighted as in ``DotAttention`` with scores divided by √(size of a key), and projected back.
package protocol HeadedAttention: Layer {
  /// The arguments of the projections.
  var arguments: HeadArguments { get }
  /// How many heads the query has.
  var queryHeads: Int { get }
  /// How many heads key and value have; each serves as many of the query's.
  var keyHeads: Int { get }
  /// How many numbers the query and the key of a head have.
  var keyExtent: Int { get }
  /// How many numbers the value of a head has.
  var valueExtent: Int { get }
  /// What stands before the projections' names in Keras' sources, by which weights are filed.
  static var partPrefix: String { get }
  /// Whether query and value have to have as many features.
  static var needsSameFeatures: Bool { get }
  /// The axes of a step of the result, if not those of the query.
  var outputExtents: [Int]? { get }
}

extension HeadedAttention {
  package static var supportsMasking: Bool { true }
  package static var inputNames: [String] { ["query", "value", "key"] }
  package static var maskNames: [String] { ["query_mask", "value_mask", "key_mask"] }
  package static var keywords: Set<String> {
    ["attention_mask", "use_causal_mask", "return_attention_scores"]
  }

  package var innerGroups: [String] {
    ["query", "key", "value", "output"].map(Self.place)
      + ["_softmax", "_dropout_layer"]
  }

  /// No.
  package static var needsSameFeatures: Bool { false }

  /// The projections' names in Keras' sources are plain.
  package static var partPrefix: String { "" }

  /// The place of a projection in the weights file.
  private static func place(_ part: String) -> String { partPrefix + part + "_dense" }

  private func outputExtents(_ query: Shape) -> [Int] { outputExtents ?? [query[-1]] }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    guard (2...3).contains(inputs.count), inputs.allSatisfy({ $0.rank == 3 }),
      Set(inputs.map { $0[0] }).count == 1, inputs[1][1] == inputs[inputs.count - 1][1]
    else {
      throw ShapeError(
        subject: Self.className,
        found: "inputs of shapes \(inputs.map(\.description).joined(separator: " and "))",
        expected: "query, value and perhaps key: (batch, steps, features), "
          + "with as many steps of the key as of the value")
    }
    guard !Self.needsSameFeatures || inputs[0][-1] == inputs[1][-1] else {
      throw ShapeError(
        subject: Self.className, found: "inputs of shapes \(inputs[0]) and \(inputs[1])",
        expected: "as many features of the query as of the value")
    }
    let key = inputs[inputs.count - 1]
    func projection(_ part: String, from: [Int], to: [Int]) -> [VariableDeclaration] {
      arguments.variables(part, place: Self.place(part), from: from, to: to)
    }
    return projection("query", from: [inputs[0][-1]], to: [queryHeads, keyExtent])
      + projection("key", from: [key[-1]], to: [keyHeads, keyExtent])
      + projection("value", from: [inputs[1][-1]], to: [keyHeads, valueExtent])
      + projection("output", from: [queryHeads, valueExtent], to: outputExtents(inputs[0]))
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try outputs(inputs, scope: &scope)[0]
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    let query = scope.graph.shape(inputs[0])
    let count = arguments.usesBias ? 2 : 1
    let variables = scope.variables
    func projected(_ number: Int, _ value: Value, _ heads: Int, _ extent: Int) -> Value {
      let made = arguments.project(
        value, inputs: 1, outputs: [heads, extent],
        variables: variables[number * count..<(number + 1) * count], in: &scope.graph)
      let byHead = scope.graph.transpose(made, [0, 2, 1, 3])
      return scope.graph.repeated(byHead, axis: 1, times: queryHeads / heads)
    }
    let q = projected(0, inputs[0], queryHeads, keyExtent)
    let k = projected(1, inputs[inputs.count - 1], keyHeads, keyExtent)
    let v = projected(2, inputs[1], keyHeads, valueExtent)
    let scaled = scope.graph.scale(q, by: 1 / Double(keyExtent).squareRoot())
    let scores = scope.graph.matrixProduct(scaled, k, transposeRight: true)
    var weights = try shares(scores, steps: query[1], scope: &scope)
    let shown = weights
    if scope.isTraining, arguments.dropout > 0, arguments.dropout < 1 {
      let factor = scope.dropoutFactor(
        arguments.dropout, shape: scope.graph.shape(weights))
      weights = scope.graph.multiply(weights, factor)
    }
    let heads = scope.graph.transpose(scope.graph.matrixProduct(weights, v), [0, 2, 1, 3])
    let result = arguments.project(
      heads, inputs: 2, outputs: outputExtents(query),
      variables: variables[3 * count..<4 * count], in: &scope.graph)
    return scope.arguments.isSet("return_attention_scores") ? [result, shown] : [result]
  }

  /// The softmax over the keys that a step may see.
  private func shares(_ scores: Value, steps: Int, scope: inout LayerScope) throws -> Value {
    let keys = scope.graph.shape(scores)[-1]
    var seen: Value?
    func require(_ mask: Value) {
      seen = seen.map { scope.graph.both($0, mask) } ?? mask
    }
    let masks = scope.masks + [nil, nil, nil]
    if let mask = masks[0] { require(scope.graph.expanded(mask, axis: 2)) }
    for mask in masks[1...2] {
      if let mask { require(scope.graph.expanded(mask, axis: 1)) }
    }
    if scope.arguments.isSet("use_causal_mask") {
      require(scope.graph.causalMask(rows: steps, columns: keys))
    }
    if let window = arguments.window {
      let rows = scope.graph.reshape(scope.graph.counting(steps), to: [steps, 1])
      let columns = scope.graph.reshape(scope.graph.counting(keys), to: [1, keys])
      let distance = scope.graph.unary(.absolute, scope.graph.subtract(rows, columns))
      require(scope.graph.isLess(distance, Double(window)))
    }
    if let given = scope.arguments["attention_mask"]?.tensors.first?.value {
      require(scope.graph.isTrue(given))
    }
    guard var mask = seen else { return scope.graph.softmax(scores, axes: [3]) }
    let shape = scope.graph.shape(mask)
    // The heads come before the steps of query and key.
    if shape.rank == 3 { mask = scope.graph.expanded(mask, axis: 1) }
    guard canBroadcast(scope.graph.shape(mask), scope.graph.shape(scores)) else {
      throw ShapeError(
        subject: Self.className, found: "an attention mask of shape \(shape)",
        expected: "(batch, \(steps), \(keys))")
    }
    return try hidden(scores, mask, scope: &scope)
  }

  /// Softmax with what a mask hides left out. Where it hides everything, Keras gives every key the
  /// same share, except where it computes the weights for others to see: there they are 0.
  private func hidden(
    _ scores: Value, _ mask: Value, scope: inout LayerScope
  ) throws -> Value {
    let kept = scope.graph.select(mask, scores, scope.graph.constant(Self.hiddenScore))
    let weights = scope.graph.softmax(kept, axes: [3])
    let isSeparate =
      arguments.dropout > 0 || scope.arguments.isSet("return_attention_scores")
    guard isSeparate else { return weights }
    return scope.graph.select(mask, weights, scope.graph.constant(0))
  }

  /// What stands for the score of what a mask hides: so low that its share is 0 in float32.
  private static var hiddenScore: Double { -1e9 }
}
