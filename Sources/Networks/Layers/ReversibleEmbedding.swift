package import Graphs
package import JSON
package import Tensors

/// An ``Embedding`` that can be called backwards: with `reverse=True` it gives each row a number for
/// each of the words, `[…, output_dim] → […, input_dim]`, by the table transposed, or by a kernel of
/// its own where the two are not tied. With `logit_soft_cap` c the numbers are c · tanh(x / c).
package struct ReversibleEmbedding: Layer {
  package static let className = "ReversibleEmbedding"
  package static let keywords: Set<String> = ["reverse"]
  /// The table, and what it makes of words.
  package let embedding: Embedding
  /// Whether the way back takes the same table.
  package let isTied: Bool
  /// What the logits stay below.
  package let softCap: Double?

  package init(configuration: Configuration) throws {
    embedding = try Embedding(configuration: configuration)
    isTied = try configuration.bool("tie_weights", default: true)
    softCap = try configuration.double("logit_soft_cap")
    if let type = try configuration.string("reverse_dtype"), type != "float32" {
      throw configuration.error(
        "reverse_dtype", found: .string(type), expected: "float32 (no other is supported)")
    }
  }

  package var configuration: JSONObject {
    var result = embedding.configuration
    result.set("tie_weights", isTied, default: true)
    result.set("logit_soft_cap", softCap)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let table = try embedding.variables(for: inputs)
    if isTied { return table }
    return table + [
      VariableDeclaration(
        name: "reverse_embeddings", shape: [embedding.outputCount, embedding.inputCount],
        initializer: embedding.initializer)
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    guard scope.arguments.isSet("reverse") else {
      return try embedding.call(inputs, scope: &scope)
    }
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    guard shape.rank > 1, shape[-1] == embedding.outputCount else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape)",
        expected: "\(embedding.outputCount) numbers along the last axis")
    }
    let rows = scope.graph.reshape(x, to: [shape.count / shape[-1], shape[-1]])
    var logits = scope.graph.matrixProduct(
      rows, scope.variables[isTied ? 0 : 1], transposeRight: isTied)
    logits = scope.graph.reshape(
      logits, to: Shape(shape.extents.dropLast() + [embedding.inputCount]))
    guard let softCap else { return logits }
    let bounded = scope.graph.unary(
      .hyperbolicTangent, scope.graph.scale(logits, by: 1 / softCap))
    return scope.graph.scale(bounded, by: softCap)
  }

  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    guard !scope.arguments.isSet("reverse") else { return [] }
    return try embedding.resultMasks(inputs, masks: masks, scope: &scope)
  }
}
