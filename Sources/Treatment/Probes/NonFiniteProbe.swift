package import CaseFile
package import Engine
import Networks
import Tensors
import Training

/// Finds the step and the operation from which the first NaN or infinity of a run comes.
///
/// The run is repeated from its initial weights up to ever closer steps, each time on a copy; at the
/// last step with finite weights the layers are asked in the order in which they compute.
package struct NonFiniteProbe {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// A probe of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// Runs that fail later are not searched: a dozen repetitions would take too long.
  private static let maximumSteps = 3000
  /// More rows are sampled evenly.
  private static let maximumRows = 1024

  /// Searches a run whose loss was first not finite in an epoch, counted from 0.
  package func measure(failingEpoch epoch: Int) throws -> NonFiniteOrigin? {
    let model = try run.model()
    let compilation = try Compilation(configuration: run.compilation, numerics: run.numerics)
    let start = try TrainingState(
      model: model, optimizer: compilation.optimizer,
      parameters: run.initialParameters(of: model, seed: 1), seed: 1)
    guard start.parameters.allSatisfy(\.isFinite) else { return nil }
    let batch = run.trialOptions.batchSize
    let batches = max(1, (run.data.training.rowCount + batch - 1) / batch)
    // The epoch after: a last step may fail without its epoch's mean showing it.
    var (low, high) = (0, batches * (epoch + 2))
    guard high <= Self.maximumSteps else { return nil }
    let short = ShortRun(run, backend: backend)
    func state(_ steps: Int) throws -> TrainingState {
      steps == 0 ? start : try short.state(from: start, steps: steps, compilation: compilation)
    }
    guard try !state(high).parameters.allSatisfy(\.isFinite) else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try state(middle).parameters.allSatisfy(\.isFinite) { low = middle } else { high = middle }
    }
    return try origin(state(low).parameters, step: high, model, compilation)
  }

  private func origin(
    _ weights: [Float], step: Int, _ model: Model, _ compilation: Compilation
  ) throws -> NonFiniteOrigin {
    let all = run.data.training
    let stepOfRows = max(1, (all.rowCount + Self.maximumRows - 1) / Self.maximumRows)
    let rows = Array(stride(from: 0, to: all.rowCount, by: stepOfRows))
    let probe = try LossProbe(
      model: model, compilation: compilation, rows: all.picked(rows), withCurvature: false,
      backend: backend)
    let reading = probe.evaluate(weights)
    var before = all.inputs.first.map { Self.largest($0.scalars) }
    for (index, name) in probe.reportedLayers.enumerated() {
      let output = probe.layerOutput(index)
      if let place = output.firstIndex(where: { !$0.isFinite }) {
        let length = max(1, output.count / max(1, probe.rows))
        return NonFiniteOrigin(
          step: step, place: .layer, layer: name, row: run.data.userNumber(rows[place / length]),
          magnitudeBefore: before)
      }
      before = Self.largest(output)
    }
    if !reading.dataLoss.isFinite {
      return NonFiniteOrigin(step: step, place: .loss, magnitudeBefore: before)
    }
    if !reading.penalty.isFinite {
      return NonFiniteOrigin(step: step, place: .penalty, magnitudeBefore: before)
    }
    // Backwards, the last layer is the first whose gradient is computed.
    for name in model.layers.map(\.name).reversed() {
      let isBad = model.variables.contains { variable in
        variable.layer == name && variable.isTrainable
          && !probe.gradient[model.layout.slots[variable.number].range].allSatisfy(\.isFinite)
      }
      if isBad {
        return NonFiniteOrigin(step: step, place: .gradient, layer: name, magnitudeBefore: before)
      }
    }
    return NonFiniteOrigin(step: step, place: .update, magnitudeBefore: before)
  }

  private static func largest(_ values: [Float]) -> Double {
    values.reduce(0) { $1.isFinite ? max($0, Double(abs($1))) : $0 }
  }
}
