import CaseFile
package import Engine
package import Networks
import Tensors
package import Training

/// The gradient noise scale: the number of rows from which a batch's gradient is more direction than
/// noise, tr(Σ) / |G|² (McCandlish et al., "An empirical model of large-batch training", 2018).
package struct GradientNoiseProbe {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// A probe of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// Small batches whose gradients are compared with that of all of them together.
  private static let batches = 8
  private static let rowsPerBatch = 16

  /// Measures it at given weights; `nil` for too few rows.
  package func measure(
    _ weights: [Float], _ model: Model, _ compilation: Compilation
  ) throws -> Double? {
    let count = Self.batches * Self.rowsPerBatch
    let all = run.data.training
    guard all.rowCount >= count else { return nil }
    let order = RandomNumbers(seed: 1, purpose: .probing, stream: 11).permutation(all.rowCount)
    var (mean, squares) = ([Double](), 0.0)
    for batch in 0..<Self.batches {
      let rows = order[batch * Self.rowsPerBatch..<(batch + 1) * Self.rowsPerBatch]
      let probe = try LossProbe(
        model: model, compilation: compilation, rows: all.picked(Array(rows)), withCurvature: false,
        backend: backend)
      _ = probe.evaluate(weights)
      let gradient = probe.gradient.map(Double.init)
      if mean.isEmpty { mean = [Double](repeating: 0, count: gradient.count) }
      for index in gradient.indices { mean[index] += gradient[index] / Double(Self.batches) }
      squares += gradient.map { $0 * $0 }.reduce(0, +) / Double(Self.batches)
    }
    let whole = mean.map { $0 * $0 }.reduce(0, +)
    return Self.scale(small: squares, whole: whole, Self.rowsPerBatch, count)
  }

  /// From the squared norms of the gradients of small batches (their mean) and of all rows together:
  /// |G|² = (B·whole − b·small) / (B − b), tr(Σ) = (small − whole) / (1/b − 1/B). Where the noise hides
  /// the direction altogether |G|² comes out at 0 or below, and the scale is infinite.
  package static func scale(small: Double, whole: Double, _ b: Int, _ count: Int) -> Double? {
    guard small.isFinite, whole.isFinite, small > 0 else { return nil }
    let (few, many) = (Double(b), Double(count))
    let direction = (many * whole - few * small) / (many - few)
    let noise = (small - whole) / (1 / few - 1 / many)
    guard direction > 0 else { return nil }
    return max(0, noise / direction)
  }
}
