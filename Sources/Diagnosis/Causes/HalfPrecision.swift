import CaseFile
import JSON

/// Sixteen-bit weights and gradients that underflow or overflow.
struct HalfPrecision: Cause {
  let id = "half-precision"
  let title = "float16 underflows or overflows"
  let needs: [Need] = [.model, .log]
  let explanation = """
    float16 ends at 65504 and at 6e-8: a squared error of 300 or a sum over a batch overflows to infinity, \
    a squared gradient below 1e-4 underflows to 0, and Adam divides by nothing but its epsilon, which \
    underflows as well. With mixed_float16 Keras keeps the weights in float32 and scales the loss, and \
    with bfloat16 the range is that of float32: both are fine. Recognised from layers with the policy \
    float16 in a run whose loss is NaN or stands still. Cured by float32, or by mixed_float16.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let half = HalfPrecision.layers(of: model)
    guard let first = half.first else {
      return .ruledOut("weights and gradients have at least the range of float32")
    }
    var recordOnly = facts
    recordOnly.measurements = nil
    guard let health = RunHealth(recordOnly) else { return lacking(.log) }
    guard health.isSick else {
      return .ruledOut("the policy is float16, and the loss falls all the same: \(health.summary)")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred,
        summary: "weights and gradients of \(first.name) are float16, and \(health.summary)",
        evidence: [
          Evidence("\(half.count) layers have the policy float16", value: Double(half.count)),
          Evidence(health.summary, basis: .log),
        ],
        remedy: Remedy(
          edits: half.map {
            Edit(target: "layers.\($0.name).dtype", from: "float16", to: "float32")
          })))
  }

  /// Whether any layer keeps weights and gradients in float16, which trials compute in float32.
  static func isUsed(_ facts: CaseFile) -> Bool {
    !(facts.model.map(layers) ?? []).isEmpty
  }

  private static func layers(of model: ModelFacts) -> [LayerFacts] {
    model.layers.filter { !$0.variables.isEmpty && policy($0) == "float16" }
  }

  /// The name of a layer's policy of element types.
  private static func policy(_ layer: LayerFacts) -> String? {
    let value = layer.configuration["dtype"]
    return value?.string ?? value?["config"]?["name"]?.string
  }

  @_optimize(none) var examples: [Example] {
    func typed(_ policy: String, _ losses: [Double]) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), history: ["loss": losses]
      ) { facts in
        facts.model?.layers[1].configuration["dtype"] = [
          "class_name": "DTypePolicy", "config": ["name": .string(policy)],
        ]
      }
    }
    return [
      .sick(
        "NaN in float16", "keras.config.set_dtype_policy('float16')",
        typed("float16", [1.1, .nan, .nan])),
      .healthy(
        "mixed_float16 with a scaled loss", "keras.config.set_dtype_policy('mixed_float16')",
        typed("mixed_float16", [1.1, .nan, .nan])),
      .healthy(
        "float16 that trains", "keras.config.set_dtype_policy('float16')",
        typed("float16", [1.1, 0.6, 0.3, 0.1])),
    ]
  }
}
