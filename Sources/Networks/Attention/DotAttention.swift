package import Graphs
import JSON
import Tensors

/// Attention without projections: `[query, value]` or `[query, value, key]`, each
/// `[batch, steps, features]`.
///
/// Every step of the query gets the mean of the values, weighted by the softmax of how well its own
/// features fit the key of each. Values that a mask hides get no weight; hidden steps of the query
/// give 0.
package protocol DotAttention: Layer {
  /// The probability with which a weight is dropped in training.
  var dropout: Double { get }
  /// How well each step of the query fits each key: `[batch, query steps, key steps]`.
  func scores(query: Value, key: Value, scope: inout LayerScope) throws -> Value
}

extension DotAttention {
  package static var keywords: Set<String> { ["use_causal_mask", "return_attention_scores"] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try outputs(inputs, scope: &scope)[0]
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    let shapes = inputs.map { scope.graph.shape($0) }
    guard (2...3).contains(inputs.count), shapes.allSatisfy({ $0.rank == 3 }),
      Set(shapes.map { $0[0] }).count == 1, shapes[1][1] == shapes[inputs.count - 1][1]
    else {
      throw ShapeError(
        subject: Self.className,
        found: "inputs of shapes \(shapes.map(\.description).joined(separator: " and "))",
        expected: "query, value and perhaps key: (batch, steps, features), "
          + "with as many steps of the key as of the value")
    }
    let (query, value, key) = (inputs[0], inputs[1], inputs[inputs.count - 1])
    let fits = try scores(query: query, key: key, scope: &scope)
    let masks = scope.masks + [nil, nil]
    var seen = masks[1].map { scope.graph.expanded($0, axis: 1) }
    if scope.arguments.isSet("use_causal_mask") {
      let causal = scope.graph.causalMask(rows: shapes[0][1], columns: shapes[1][1])
      seen = seen.map { scope.graph.both($0, causal) } ?? causal
    }
    var shown = fits
    if let seen {
      let lowered = scope.graph.add(fits, -Self.hiddenDistance)
      shown = scope.graph.select(seen, fits, lowered)
    }
    var weights = scope.graph.softmax(shown, axes: [2])
    if scope.isTraining, dropout > 0, dropout < 1 {
      let factor = scope.dropoutFactor(dropout, shape: scope.graph.shape(weights))
      weights = scope.graph.multiply(weights, factor)
    }
    var result = scope.graph.matrixProduct(weights, value)
    if let counts = masks[0] {
      let column = scope.graph.expanded(counts, axis: 2)
      result = scope.graph.select(column, result, scope.graph.constant(0))
    }
    return scope.arguments.isSet("return_attention_scores") ? [result, weights] : [result]
  }

  /// The mask of the query.
  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] { [masks.first ?? nil] }

  /// How far Keras moves the scores of what a mask hides.
  private static var hiddenDistance: Double { 1e9 }

  /// Query and key with the axes of each other, so that all pairs of steps are made.
  func pairs(query: Value, key: Value, in graph: inout Graph) -> Value {
    graph.add(graph.expanded(query, axis: 2), graph.expanded(key, axis: 1))
  }

  /// Checks that query and key have as many features.
  func requireEqualFeatures(query: Value, key: Value, in graph: Graph) throws {
    let (q, k) = (graph.shape(query), graph.shape(key))
    guard q[-1] == k[-1] else {
      throw ShapeError(
        subject: Self.className, found: "a query of shape \(q) and a key of shape \(k)",
        expected: "as many features in both")
    }
  }
}

extension CallArguments {
  /// Whether an argument is `True`.
  func isSet(_ name: String) -> Bool { self[name]?.plain?.bool == true }
}
