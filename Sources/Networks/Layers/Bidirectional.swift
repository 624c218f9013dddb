package import Graphs
package import JSON
package import Tensors

/// Two recurrent layers, one from the first step on and one from the last, and what they compute
/// joined: `[…, 2 · units]` with `concat`, `[…, units]` with `sum`, `mul` and `ave`; with `null` both
/// are results.
package struct Bidirectional: Layer {
  package static let className = "Bidirectional"
  package static let inputNames = ["sequences", "initial_state"]

  /// How the results are joined.
  package enum Merge: String, Sendable {
    case concatenate = "concat"
    case sum
    case product = "mul"
    case average = "ave"
  }

  package let merge: Merge?
  private let layers: [InnerLayer]
  private let directions: [any RecurrentLayer]
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    if configuration.values["merge_mode"]?.isNull == true {
      merge = nil
    } else {
      let name = try configuration.string("merge_mode", default: "concat")
      guard let merge = Merge(rawValue: name) else {
        throw configuration.error(
          "merge_mode", found: .string(name), expected: "concat, sum, mul, ave or null")
      }
      self.merge = merge
    }
    var values = configuration.values
    if configuration.value("backward_layer") == nil, var backward = configuration.value("layer") {
      let name = backward["config"]?["name"]?.string
      backward["config"]?["go_backwards"] = true
      if let name { backward["config"]?["name"] = .string("backward_\(name)") }
      values["backward_layer"] = backward
    }
    let whole = Configuration(values, subject: configuration.subject)
    layers = [
      try InnerLayer(whole, key: "layer", attribute: "forward_layer"),
      try InnerLayer(whole, key: "backward_layer", attribute: "backward_layer"),
    ]
    directions = layers.compactMap { $0.content.layer as? any RecurrentLayer }
    guard directions.count == 2 else {
      throw configuration.error(
        "layer", found: configuration.value("layer"), expected: "a recurrent layer")
    }
    let (forward, backward) = (directions[0].arguments, directions[1].arguments)
    guard forward.returnsSequences == backward.returnsSequences,
      forward.returnsState == backward.returnsState,
      forward.goesBackwards != backward.goesBackwards
    else {
      throw configuration.error(
        "backward_layer", found: whole.value("backward_layer"),
        expected: "the same results as of 'layer', and the other direction")
    }
    activityRegularizer = try configuration.regularizer("activity_regularizer")
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["layer": layers[0].json, "backward_layer": layers[1].json]
    if let merge {
      result.set("merge_mode", merge.rawValue, default: "concat")
    } else {
      result["merge_mode"] = .null
    }
    result.set("activity_regularizer", activityRegularizer)
    return result
  }

  package var innerGroups: [String] { layers.flatMap(\.groups) }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let sequence = Array(inputs.prefix(1))
    return try layers.flatMap { try $0.variables(for: sequence, isNamed: true) }
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try outputs(inputs, scope: &scope)[0]
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    let variables = scope.variables
    let states = Array(inputs.dropFirst())
    let half = states.count / 2
    var results: [[Value]] = []
    var used = 0
    for (number, direction) in directions.enumerated() {
      let own = number == 0 ? states.prefix(half) : states.suffix(states.count - half)
      let count = try direction.variables(for: [scope.graph.shape(inputs[0])]).count
      scope.variables = Array(variables[used..<used + count])
      used += count
      results.append(
        try direction.outputs(
          [inputs[0]] + own, zeroesMasked: direction.arguments.returnsSequences,
          turnsAround: number == 1, scope: &scope))
    }
    let rest = results.flatMap { $0.dropFirst() }
    return try joined(results[0][0], results[1][0], in: &scope.graph) + rest
  }

  private func joined(_ first: Value, _ second: Value, in graph: inout Graph) throws -> [Value] {
    if merge != .concatenate, merge != nil, graph.shape(first) != graph.shape(second) {
      throw ShapeError(
        subject: Self.className,
        found: "results of shapes \(graph.shape(first)) and \(graph.shape(second))",
        expected: "equal shapes")
    }
    switch merge {
    case .concatenate: return [graph.concatenate([first, second], axis: -1)]
    case .sum: return [graph.add(first, second)]
    case .product: return [graph.multiply(first, second)]
    case .average: return [graph.scale(graph.add(first, second), by: 0.5)]
    case nil: return [first, second]
    }
  }

  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    let mask = directions[0].arguments.returnsSequences ? masks.first ?? nil : nil
    return merge == nil ? [mask, mask] : [mask]
  }
}
