package import Graphs
package import JSON
package import Tensors

/// Bahdanau's attention: the scores are sums over the features of scale · tanh(query + key).
package struct AdditiveAttention: DotAttention {
  package static let className = "AdditiveAttention"
  package let usesScale: Bool
  package let dropout: Double
  private let seed: Int?

  package init(configuration: Configuration) throws {
    usesScale = try configuration.bool("use_scale", default: true)
    dropout = try configuration.double("dropout", default: 0)
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("use_scale", usesScale, default: true)
    result.set("dropout", dropout, default: 0)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    guard usesScale, let query = inputs.first else { return [] }
    try requireRank(3...3, query)
    let uniform = try GlorotUniform(configuration: Configuration(subject: Self.className))
    return [VariableDeclaration(name: "scale", shape: [query[-1]], initializer: uniform)]
  }

  package func scores(query: Value, key: Value, scope: inout LayerScope) throws -> Value {
    try requireEqualFeatures(query: query, key: key, in: scope.graph)
    var fits = scope.graph.unary(
      .hyperbolicTangent, pairs(query: query, key: key, in: &scope.graph))
    if usesScale { fits = scope.graph.multiply(fits, scope.variables[0]) }
    return scope.graph.sum(fits, axes: [3])
  }
}
