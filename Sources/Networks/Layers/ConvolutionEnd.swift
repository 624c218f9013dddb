package import Graphs
package import JSON
import Tensors

/// What all layers with kernels end with: a bias, an activation, a penalty on the result.
package struct ConvolutionEnd: Sendable {
  package let bias: WeightArguments
  package let usesBias: Bool
  package let activation: any Activation
  package let activityRegularizer: (any Regularizer)?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    for key in ["lora_rank", "quantization_config"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    bias = try WeightArguments("bias", configuration, default: "zeros")
    usesBias = try configuration.bool("use_bias", default: true)
    activation = try configuration.activation()
    activityRegularizer = try configuration.regularizer("activity_regularizer")
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject) {
    bias.write(to: &result)
    result.set("use_bias", usesBias, default: true)
    result.set("activation", activation)
    result.set("activity_regularizer", activityRegularizer)
  }

  /// The bias, if there is one.
  package func variables(_ channels: Int) -> [VariableDeclaration] {
    usesBias ? [bias.declaration("bias", [channels])] : []
  }

  /// The result with the bias, which is the last of the layer's variables, behind the activation.
  package func applied(to value: Value, scope: inout LayerScope) throws -> Value {
    var result = value
    if usesBias, let bias = scope.variables.last { result = scope.graph.add(result, bias) }
    return try scope.activate(result, activation)
  }
}
