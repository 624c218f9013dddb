import Engine
package import JSON
package import Networks
package import Tensors

/// Momentum whose matrices are brought near the closest orthogonal ones before a step; all else, and the
/// layers that are named, moves as with AdamW.
///
/// Jordan 2024; the size of the steps after Liu et al. 2025.
package struct Muon: Optimizer {
  package static let className = "Muon"
  /// Keras' default of both decays.
  private static let standardDecay = 0.004
  /// The arguments that all optimizers have, but for the weight decay.
  package let options: OptimizerOptions
  package let matrixDecay: Double?
  package let adamDecay: Double?
  package let beta1: Double
  package let beta2: Double
  package let epsilon: Double
  package let adamRatio: Double
  package let excludesEmbeddings: Bool
  package let exclusions: [String]
  package let momentum: Double
  package let looksAhead: Bool
  package let scale: Double?
  package let iteration: OrthogonalIteration

  package init(configuration: Configuration) throws {
    func decay(_ key: String) throws -> Double? {
      if configuration.values[key]?.isNull == true { return nil }
      return try configuration.double(key, default: Self.standardDecay)
    }
    matrixDecay = try decay("weight_decay")
    adamDecay = try decay("adam_weight_decay")
    var rest = configuration.values
    rest["weight_decay"] = nil
    options = try OptimizerOptions(
      Configuration(rest, subject: configuration.subject), learningRate: 0.001)
    beta1 = try configuration.double("adam_beta_1", default: 0.9)
    beta2 = try configuration.double("adam_beta_2", default: 0.999)
    epsilon = try configuration.double("epsilon", default: 1e-7)
    adamRatio = try configuration.double("adam_lr_ratio", default: 1)
    excludesEmbeddings = try configuration.bool("exclude_embeddings", default: true)
    let patterns = configuration.value("exclude_layers")
    exclusions = try (patterns?.array ?? []).map { element in
      guard let pattern = element.string, (try? Regex(pattern)) != nil else {
        throw configuration.error(
          "exclude_layers", found: patterns, expected: "a list of regular expressions")
      }
      return pattern
    }
    momentum = try configuration.double("momentum", default: 0.95)
    looksAhead = try configuration.bool("nesterov", default: true)
    let isUnscaled = configuration.values["rms_rate"]?.isNull ?? false
    scale = isUnscaled ? nil : try configuration.double("rms_rate", default: 0.2)
    iteration = try OrthogonalIteration(configuration)
  }

  package var configuration: JSONObject {
    var result = options.configuration()
    for (key, decay) in [("weight_decay", matrixDecay), ("adam_weight_decay", adamDecay)]
    where decay != Self.standardDecay {
      result[key] = decay.map { .double($0) } ?? .null
    }
    result.set("adam_beta_1", beta1, default: 0.9)
    result.set("adam_beta_2", beta2, default: 0.999)
    result.set("epsilon", epsilon, default: 1e-7)
    result.set("adam_lr_ratio", adamRatio, default: 1)
    result.set("exclude_embeddings", excludesEmbeddings, default: true)
    if !exclusions.isEmpty { result["exclude_layers"] = .array(exclusions.map { .string($0) }) }
    result.set("momentum", momentum, default: 0.95)
    result.set("nesterov", looksAhead, default: true)
    if scale != 0.2 { result["rms_rate"] = scale.map { .double($0) } ?? .null }
    iteration.write(to: &result)
    return result
  }

  package var slotBlocks: [[OptimizerSlot]] {
    [[OptimizerSlot("momentum"), OptimizerSlot("velocity")]]
  }

  /// A step looks at whole matrices.
  package let isElementWise = false

  /// Second moments only where Adam moves.
  package func keeps(_ slot: OptimizerSlot, of path: String, _ shape: Shape) -> Bool {
    slot.name == "momentum" || usesAdam(path, shape)
  }

  private func usesAdam(_ path: String, _ shape: Shape) -> Bool {
    if shape.rank != 2 { return true }
    if excludesEmbeddings, path.lowercased().contains("embedding") { return true }
    return exclusions.contains { pattern in
      (try? Regex(pattern).firstMatch(in: path)) != nil
    }
  }

  package func update(_ step: OptimizerStep) {
    let alpha = Adam.alpha(
      step.rate * Float(adamRatio), number: step.number, beta1: beta1, beta2: beta2)
    for (number, range) in step.ranges.enumerated() where !range.isEmpty {
      let shape = step.shapes[number]
      let usesAdam = usesAdam(step.paths[number], shape)
      let w = step.parameters + range.lowerBound
      let g = step.gradients + range.lowerBound
      let m = step.slots[0] + range.lowerBound
      if let decay = usesAdam ? adamDecay : matrixDecay {
        OptimizerKernels.decay(w, count: range.count, decay: Float(decay), rate: step.rate)
      }
      if usesAdam {
        OptimizerKernels.adam(
          w, g, m: m, v: step.slots[1] + range.lowerBound, largest: nil, count: range.count,
          alpha: alpha, beta1: beta1, beta2: beta2, epsilon: Float(epsilon))
      } else {
        moveMatrix(w, g, m, shape, rate: step.rate)
      }
    }
  }

  private func moveMatrix(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafeMutablePointer<Float>,
    _ m: UnsafeMutablePointer<Float>, _ shape: Shape, rate: Float
  ) {
    let (count, momentum) = (shape.count, Float(momentum))
    for i in 0..<count { m[i] += g[i] + m[i] * (momentum - 1) }
    let direction = (0..<count).map { looksAhead ? g[$0] + momentum * m[$0] : m[$0] }
    let moved = iteration.orthogonal(direction, rows: shape[0], columns: shape[1])
    let size = scale.map { Float(max(shape[0], shape[1])).squareRoot() * Float($0) } ?? 1
    for i in 0..<count { w[i] -= rate * moved[i] * size }
  }
}
