package import CaseFile
import Diagnosis
package import Engine
import KerasFiles
import Networks
import Tensors
package import Training

/// The loss of every row by itself, with frozen weights in inference mode, from the model's predictions.
///
/// For the crossentropies, mean squared and mean absolute error; Keras' means over the columns of a
/// row are followed, and so is its clipping of probabilities.
package struct RowLossProbe {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// A probe of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// More rows are sampled evenly: the standard error of so many is small beside any effect.
  private static let maximumRows = 4096
  /// So many of the worst rows are named.
  private static let listed = 12
  /// Keras clips probabilities to this distance from 0 and 1.
  private static let epsilon = 1e-7

  /// Measures both parts; `nil` for losses that are not known here and for several outputs.
  package func measure(_ state: TrainingState) throws -> RowLosses? {
    guard run.data.training.targets.count == 1,
      let loss = LossReading(CompileFacts(kerasConfiguration: run.compilation))
    else { return nil }
    let trainer = try run.trainer(on: backend)
    func sample(_ data: RunRows, _ number: (Int) -> Int) throws -> RowLosses.Sample? {
      let step = max(1, (data.rowCount + Self.maximumRows - 1) / Self.maximumRows)
      let rows = Array(stride(from: 0, to: data.rowCount, by: step))
      let picked = data.picked(rows)
      let outputs = try trainer.predict(state, inputs: picked.inputs, batchSize: 256)
      guard outputs.count == 1, let targets = picked.targets.first,
        let losses = Self.losses(loss, outputs[0], targets), losses.count > 1
      else { return nil }
      return Self.summary(losses, rows.map(number))
    }
    guard let training = try sample(run.data.training, run.data.userNumber) else { return nil }
    return RowLosses(
      training: training, heldOut: try run.data.heldOut.flatMap { try sample($0) { $0 } })
  }

  /// Mean, standard error, and the rows that carry the loss; `nil` unless all losses are finite.
  static func summary(_ losses: [Double], _ numbers: [Int]) -> RowLosses.Sample? {
    guard losses.allSatisfy(\.isFinite) else { return nil }
    let statistics = Statistics(of: losses)
    let order = losses.indices.sorted { losses[$0] > losses[$1] }
    let worst = order.prefix(max(1, losses.count / 100)).map { losses[$0] }.reduce(0, +)
    let total = losses.reduce(0, +)
    return RowLosses.Sample(
      rows: losses.count, mean: statistics.mean,
      standardError: statistics.standardDeviation / Double(losses.count).squareRoot(),
      worstShare: total > 0 ? worst / total : 0,
      worst: order.prefix(listed).map { RowLosses.Row(row: numbers[$0], loss: losses[$0]) })
  }

  /// The loss of each row; `nil` for losses that are not known here.
  static func losses(_ loss: LossReading, _ output: Tensor, _ targets: Tensor) -> [Double]? {
    let (length, rows) = (output.rowLength, output.rowCount)
    guard rows == targets.rowCount, length > 0 else { return nil }
    let isSparse = loss.family == .sparse
    guard isSparse ? targets.rowLength == 1 && length > 1 : targets.rowLength == length else {
      return nil
    }
    func values(_ row: Int) -> [Double] {
      output.scalars[row * length..<(row + 1) * length].map(Double.init)
    }
    func target(_ row: Int, _ column: Int) -> Double {
      Double(targets.scalars[row * length + column])
    }
    switch loss.family {
    case .sparse, .categorical:
      guard isSparse || loss.name == "categorical_crossentropy", length > 1 else { return nil }
      return (0..<rows).map { row in
        let logs = logarithms(values(row), areLogits: loss.fromLogits)
        if isSparse {
          let label = Int(targets.scalars[row])
          return logs.indices.contains(label) ? -logs[label] : .nan
        }
        return -logs.indices.map { target(row, $0) * logs[$0] }.reduce(0, +)
      }
    case .binary:
      guard loss.name == "binary_crossentropy" else { return nil }
      return (0..<rows).map { row in
        let terms = values(row).enumerated().map { column, value in
          let p = loss.fromLogits ? 1 / (1 + exponential(-value)) : value
          let q = min(max(p, epsilon), 1 - epsilon)
          let y = target(row, column)
          return -(y * logarithm(q) + (1 - y) * logarithm(1 - q))
        }
        return terms.reduce(0, +) / Double(length)
      }
    case .regression:
      let isSquared = loss.name == "mean_squared_error"
      guard isSquared || loss.name == "mean_absolute_error" else { return nil }
      return (0..<rows).map { row in
        let terms = values(row).enumerated().map { column, value in
          let distance = abs(value - target(row, column))
          return isSquared ? distance * distance : distance
        }
        return terms.reduce(0, +) / Double(length)
      }
    case .other: return nil
    }
  }

  /// ln p of each class: of normalised and clipped probabilities, or by softmax of logits.
  private static func logarithms(_ values: [Double], areLogits: Bool) -> [Double] {
    if areLogits {
      let largest = values.max() ?? 0
      let sum = values.map { exponential($0 - largest) }.reduce(0, +)
      return values.map { $0 - largest - logarithm(sum) }
    }
    let sum = values.reduce(0, +)
    return values.map { logarithm(min(max($0 / (sum == 0 ? 1 : sum), epsilon), 1 - epsilon)) }
  }
}
