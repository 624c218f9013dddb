package import CaseFile
import Diagnosis
package import Engine
import JSON
import Networks
import Tensors
package import Training

/// What is measured of a run before it is trained: losses, curvature, update sizes, signals.
///
/// Every probe works on copies of weights and optimizer state; none can disturb a trial.
package struct RunProbes {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// Beyond this many rows a sample stands for all: the figures change by less than a few per cent.
  private static let maximumRows = 512
  /// Large models are probed on fewer rows, so that the dozens of products with the Hessian take no
  /// more than a few seconds, but never on fewer than a usual batch or two.
  private static let maximumProducts = 6e7
  private static let minimumRows = 64
  /// The sample is smaller for curvature, which takes dozens of passes.
  private static let maximumParameters = 2_000_000
  /// Adam's second moments have settled after this many steps (1/(1−β₂) is 1,000, but bias
  /// correction makes the first dozens an unbiased mean).
  private static let settlingSteps = 50

  /// Probes of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// Measures everything that the rules read.
  ///
  /// - Parameter trained: The state after the run, if signals are wanted of it as well.
  package func measure(
    into measurements: inout Measurements, trained: TrainingState? = nil
  ) throws {
    let model = try run.model()
    let compilation = try Compilation(configuration: run.compilation, numerics: run.numerics)
    let sample = sampledRows(model)
    let isSmall = model.parameterCount <= RunProbes.maximumParameters
    let probe = try LossProbe(
      model: model, compilation: compilation, rows: sample, withCurvature: isSmall,
      backend: backend)
    let start = try TrainingState(
      model: model, optimizer: compilation.optimizer,
      parameters: run.initialParameters(of: model, seed: 1), seed: 1)
    let reading = probe.evaluate(start.parameters)
    measurements.initialLoss = reading.dataLoss
    measurements.initialPenalty = reading.penalty
    measurements.signals = signals(probe, model)
    measurements.pinnedOutputShare = RunProbes.pinnedShare(probe.output, rows: probe.rows)
    if isSmall, probe.layout.trainableCount > 0 {
      measurements.curvature = try curvature(probe, compilation, start)
    }
    measurements.gradientNoiseScale = try GradientNoiseProbe(run: run, backend: backend)
      .measure(start.parameters, model, compilation)
    let ratios = try updateRatios(compilation, model, start)
    let sorted = ratios.map(\.ratio).sorted()
    measurements.updateRatio = sorted.isEmpty ? nil : sorted[sorted.count / 2]
    measurements.layerUpdateRatios = Dictionary(
      ratios.map { ($0.layer, $0.ratio) }, uniquingKeysWith: max)
    if let trained, trained.parameters.allSatisfy(\.isFinite) {
      _ = probe.evaluate(trained.parameters)
      measurements.trainedSignals = signals(probe, model)
      measurements.pinnedOutputShareAfter = RunProbes.pinnedShare(probe.output, rows: probe.rows)
    }
  }

  /// Evenly spaced rows: sorted data are sampled as evenly as shuffled ones.
  private func sampledRows(_ model: Model) -> RunRows {
    let rows = run.data.training
    let affordable = RunProbes.maximumProducts / max(1, run.costOfOneRow(model).multiplications)
    let count = min(RunProbes.maximumRows, max(RunProbes.minimumRows, Int(affordable)))
    guard rows.rowCount > count else { return rows }
    let step = Double(rows.rowCount) / Double(count)
    return rows.picked((0..<count).map { Int(Double($0) * step) })
  }

  // MARK: Curvature

  private func curvature(
    _ probe: LossProbe, _ compilation: Compilation, _ start: TrainingState
  ) throws -> Curvature? {
    let count = probe.layout.trainableCount
    let largest = PowerIteration.largestEigenvalue(count: count, seed: 1) {
      probe.hessianProduct($0, at: start.parameters)
    }
    let rule = StabilityRule(run.compilation["optimizer"] ?? .null)
    let rate = rule.rate
    guard largest.isFinite, let rate else { return nil }
    var preconditioned = largest
    if rule.isAdaptive {
      guard let (weights, scales) = try settled(compilation, start) else { return nil }
      preconditioned = PowerIteration.largestEigenvalue(count: count, seed: 1) { direction in
        // D^(−1/2) H D^(−1/2) has the eigenvalues of D⁻¹H and is symmetric.
        let product = probe.hessianProduct(
          zip(direction, scales).map { $0 / $1 }, at: weights)
        return zip(product, scales).map { $0 / $1 }
      }
      guard preconditioned.isFinite else { return nil }
    }
    return Curvature(
      largestEigenvalue: largest, preconditionedEigenvalue: preconditioned,
      stabilityLimit: rule.limit(eigenvalue: preconditioned), rate: rate, rows: probe.rows)
  }

  /// Weights after a few steps of the user's optimizer, and the fourth root of its second moments
  /// (the square root of D); `nil` if the steps diverge.
  private func settled(
    _ compilation: Compilation, _ start: TrainingState
  ) throws -> (weights: [Float], scales: [Float])? {
    let final = try ShortRun(run, backend: backend).state(
      from: start, steps: RunProbes.settlingSteps, compilation: compilation)
    guard final.parameters.allSatisfy(\.isFinite),
      let moments = final.slots[safely: StabilityRule.secondMomentSlot(compilation.optimizer)]
    else { return nil }
    let correction = StabilityRule.biasCorrection(
      run.compilation["optimizer"] ?? .null, steps: final.iterations)
    let scales = moments.map { moment in
      (moment / Float(correction)).squareRoot().squareRoot() + StabilityRule.smallestScale
    }
    return (final.parameters, scales)
  }

  // MARK: Updates and signals

  /// ‖Δw‖ / ‖w‖ of one step for each weight matrix.
  private func updateRatios(
    _ compilation: Compilation, _ model: Model, _ start: TrainingState
  ) throws -> [(layer: String, ratio: Double)] {
    let after = try ShortRun(run, backend: backend).state(
      from: start, steps: 1, compilation: compilation)
    return model.variables.compactMap { variable in
      guard variable.isTrainable, variable.shape.rank >= 2 else { return nil }
      let range = model.layout.slots[variable.number].range
      let (old, new) = (start.parameters[range], after.parameters[range])
      let size = norm(old)
      let moved = norm(zip(old, new).map { $1 - $0 })
      return size > 0 && moved.isFinite ? (variable.layer, moved / size) : nil
    }
  }

  private func signals(_ probe: LossProbe, _ model: Model) -> [LayerSignals] {
    probe.reportedLayers.enumerated().compactMap { index, name in
      guard let layer = model.layer(named: name) else { return nil }
      let output = probe.layerOutput(index)
      let slots = model.variables.filter { $0.layer == name && $0.isTrainable }
        .map { model.layout.slots[$0.number].range }
      let gradient =
        slots.isEmpty
        ? nil : slots.map { norm(probe.gradient[$0]) }.map { $0 * $0 }.reduce(0, +).squareRoot()
      let units = probe.reportedShapes[index].extents.last ?? 1
      return LayerSignals(
        layer: name, gradientNorm: gradient,
        outputDeviation: Statistics(of: output.lazy.map(Double.init)).standardDeviation,
        deadShare: RunProbes.pinnedShare(output, units: units),
        saturatedShare: RunProbes.saturatedShare(output, activation: layer.activationName))
    }
  }

  /// The share of output units that give the same value on every row.
  static func pinnedShare(_ output: [Float], rows: Int) -> Double {
    guard rows > 1 else { return 0 }
    return pinnedShare(output, units: max(1, output.count / rows))
  }

  private static func pinnedShare(_ output: [Float], units: Int) -> Double {
    guard units > 0, output.count > units else { return 0 }
    let pinned = (0..<units).filter { unit in
      let first = output[unit]
      return stride(from: unit, to: output.count, by: units).allSatisfy { output[$0] == first }
    }
    return Double(pinned.count) / Double(units)
  }

  /// The share of outputs within a hundredth of the range from a bound of sigmoid or tanh.
  private static func saturatedShare(_ output: [Float], activation: String?) -> Double {
    let range: (Float, Float)
    switch activation {
    case "sigmoid", "hard_sigmoid": range = (0, 1)
    case "tanh", "hard_tanh": range = (-1, 1)
    default: return 0
    }
    let margin = (range.1 - range.0) / 100
    let count = output.filter { $0 < range.0 + margin || $0 > range.1 - margin }.count
    return Double(count) / Double(max(1, output.count))
  }

  private func norm(_ values: some Sequence<Float>) -> Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

extension Array {
  /// The element at an index that may lie outside.
  fileprivate subscript(safely index: Int?) -> Element? {
    guard let index, indices.contains(index) else { return nil }
    return self[index]
  }
}

extension ModelLayer {
  /// The name of the layer's activation, if its configuration has one.
  fileprivate var activationName: String? { original["config"]?["activation"]?.string }
}
