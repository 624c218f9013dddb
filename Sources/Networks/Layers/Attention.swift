package import Graphs
package import JSON
package import Tensors

/// Luong's attention: the scores are products of query and key, with `use_scale` times a learned
/// number; or with `score_mode="concat"` sums of tanh(query + key).
package struct Attention: DotAttention {
  package static let className = "Attention"
  package let usesScale: Bool
  package let concatenates: Bool
  package let dropout: Double
  private let seed: Int?

  package init(configuration: Configuration) throws {
    usesScale = try configuration.bool("use_scale", default: false)
    let mode = try configuration.string("score_mode", default: "dot")
    guard ["dot", "concat"].contains(mode) else {
      throw configuration.error("score_mode", found: .string(mode), expected: "dot or concat")
    }
    concatenates = mode == "concat"
    dropout = try configuration.double("dropout", default: 0)
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("use_scale", usesScale, default: false)
    if concatenates { result["score_mode"] = "concat" }
    result.set("dropout", dropout, default: 0)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let names = (usesScale ? ["scale"] : []) + (concatenates ? ["concat_score_weight"] : [])
    let ones = OnesInitializer(configuration: Configuration(subject: Self.className))
    return names.map { VariableDeclaration(name: $0, shape: .scalar, initializer: ones) }
  }

  package func scores(query: Value, key: Value, scope: inout LayerScope) throws -> Value {
    try requireEqualFeatures(query: query, key: key, in: scope.graph)
    if !concatenates {
      let products = scope.graph.matrixProduct(query, key, transposeRight: true)
      return usesScale ? scope.graph.multiply(products, scope.variables[0]) : products
    }
    var sums = pairs(query: query, key: key, in: &scope.graph)
    if usesScale { sums = scope.graph.multiply(sums, scope.variables[0]) }
    let total = scope.graph.sum(scope.graph.unary(.hyperbolicTangent, sums), axes: [3])
    return scope.graph.multiply(total, scope.variables[usesScale ? 1 : 0])
  }
}
