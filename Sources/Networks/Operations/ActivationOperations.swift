import Graphs
import JSON

/// The activations as operations: `ops.relu(x)`.
enum ActivationOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "Celu": activation(CELUActivation.self), "Elu": activation(ELUActivation.self),
    "Gelu": activation(GELUActivation.self, ["approximate": true]),
    "HardSigmoid": activation(HardSigmoidActivation.self),
    "HardSilu": activation(HardSiLUActivation.self),
    "LeakyRelu": activation(LeakyReLUActivation.self),
    "LogSigmoid": activation(LogSigmoidActivation.self),
    "LogSoftmax": activation(LogSoftmaxActivation.self),
    "Mish": activation(MishActivation.self), "Relu": activation(ReLUActivation.self),
    "Relu6": activation(ReLU6Activation.self), "Selu": activation(SELUActivation.self),
    "Sigmoid": activation(SigmoidActivation.self), "Silu": activation(SiLUActivation.self),
    "Softmax": activation(SoftmaxActivation.self),
    "Softplus": activation(SoftplusActivation.self),
    "Softsign": activation(SoftsignActivation.self), "Tanh": activation(TanhActivation.self),
  ]

  /// An activation, with the arguments whose defaults differ between function and operation.
  private static func activation(
    _ type: any Activation.Type, _ defaults: JSONObject = JSONObject()
  ) -> OperationCatalogue.Builder {
    { call in
      var values = defaults
      for member in call.configuration.values.members where !member.value.isNull {
        values[member.key] = member.value
      }
      let activation = try type.init(
        configuration: Configuration(values, subject: call.configuration.subject))
      let x = try call.operand(0, "x")
      return [try activation.apply(x, in: &call.graph)]
    }
  }
}
