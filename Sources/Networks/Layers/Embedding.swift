package import Graphs
package import JSON
package import Tensors

/// A learned row of numbers for each whole number: `[…] → […, output_dim]`. A number from `input_dim`
/// on gives NaN, and one below 0 counts from the end, as on JAX; TensorFlow refuses both.
package struct Embedding: Layer {
  package static let className = "Embedding"
  /// How many numbers have a row.
  package let inputCount: Int
  /// How long a row is.
  package let outputCount: Int
  /// Whether 0 stands for "no step here".
  package let masksZero: Bool
  package let initializer: any Initializer
  package let regularizer: (any Regularizer)?
  package let constraint: (any Constraint)?

  package init(configuration: Configuration) throws {
    inputCount = try configuration.int("input_dim")
    outputCount = try configuration.int("output_dim")
    for (key, count) in [("input_dim", inputCount), ("output_dim", outputCount)] where count <= 0 {
      throw configuration.error(key, found: .int(count), expected: "a positive number")
    }
    for key in ["lora_rank", "quantization_config"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    masksZero = try configuration.bool("mask_zero", default: false)
    initializer = try configuration.initializer("embeddings_initializer", default: "uniform")
    regularizer = try configuration.regularizer("embeddings_regularizer")
    constraint = try configuration.constraint("embeddings_constraint")
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["input_dim": .int(inputCount), "output_dim": .int(outputCount)]
    result.set("embeddings_initializer", initializer, default: "uniform")
    result.set("embeddings_regularizer", regularizer)
    result.set("embeddings_constraint", constraint)
    result.set("mask_zero", masksZero, default: false)
    return result
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    _ = try single(inputs)
    return [
      VariableDeclaration(
        name: "embeddings", shape: [inputCount, outputCount], initializer: initializer,
        regularizer: regularizer, constraint: constraint)
    ]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    scope.graph.gather(scope.variables[0], at: try single(inputs))
  }

  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    masksZero ? [scope.graph.isTrue(try single(inputs))] : []
  }
}
