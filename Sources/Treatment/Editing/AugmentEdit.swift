import CaseFile
import JSON
import Tensors
import Training

/// Adds altered copies of the training rows: `data.augment` with `copies` and how they are altered.
/// `mix_up`: each copy lies between a row and another (Zhang et al. 2018): of the same class for
/// `labels` and `one-hot`, so that labels stay labels, and any other for `all`, the target with it.
/// `scaling`: a factor for the whole row, spread around 1. `jitter`: noise on every number, in spreads
/// of its column. Held-out rows stay as they are.
struct AugmentEdit: EditRule {
  let pattern = ["data", "augment"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let rows = run.data.training
    guard let copies = edit.to["copies"]?.int, copies > 0, rows.rowCount > 1,
      rows.inputs.count == 1, rows.targets.count == 1
    else { throw EditError.unfit(target: edit.target, value: "\(edit.to)") }
    let numbers = (0..<copies).flatMap { _ in 0..<rows.rowCount }
    var (x, y) = (rows.inputs[0].rows(numbers), rows.targets[0].rows(numbers))
    switch edit.to["mix_up"]?.string {
    case nil: break
    case "all": AugmentEdit.mix(&x, &y, within: nil)
    case "labels", "one-hot": AugmentEdit.mix(&x, &y, within: ClassBalance.labels(y))
    default: throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    if let spread = edit.to["scaling"]?.double { AugmentEdit.scale(&x, spread) }
    if let spread = edit.to["jitter"]?.double { AugmentEdit.jitter(&x, spread) }
    run.data.training.inputs = [rows.inputs[0].followed(by: x)]
    run.data.training.targets = [rows.targets[0].followed(by: y)]
    run.data.training.sampleWeights = rows.sampleWeights.map { $0.followed(by: $0.rows(numbers)) }
    // Copies have no number of the user's.
    run.data.rowNumbers = nil
  }

  private static func numbers(_ stream: Int) -> RandomNumbers {
    RandomNumbers(seed: 1, purpose: .probing, stream: stream)
  }

  /// The rows in random order, those of a class together: the partner of each is the one that follows.
  private static func mix(_ inputs: inout Tensor, _ targets: inout Tensor, within labels: [Int]?) {
    let (rows, length, columns) = (inputs.rowCount, inputs.rowLength, targets.rowLength)
    let (x, y) = (inputs.scalars, targets.scalars)
    var order = numbers(21).permutation(rows)
    if let labels {
      order = order.enumerated().sorted {
        (labels[$0.element], $0.offset) < (labels[$1.element], $1.offset)
      }.map(\.element)
    }
    let shares = numbers(22).uniform(rows)
    for (place, row) in order.enumerated() {
      let next = order[(place + 1) % rows]
      guard labels == nil || labels?[next] == labels?[row] else { continue }
      let share = shares[row]
      for column in 0..<length {
        inputs.scalars[row * length + column] =
          share * x[row * length + column] + (1 - share) * x[next * length + column]
      }
      guard labels == nil else { continue }
      for column in 0..<columns {
        targets.scalars[row * columns + column] =
          share * y[row * columns + column] + (1 - share) * y[next * columns + column]
      }
    }
  }

  private static func scale(_ inputs: inout Tensor, _ spread: Double) {
    let length = inputs.rowLength
    for (row, number) in numbers(23).normal(inputs.rowCount).enumerated() {
      let factor = 1 + Float(spread) * number
      for place in row * length..<(row + 1) * length { inputs.scalars[place] *= factor }
    }
  }

  private static func jitter(_ inputs: inout Tensor, _ spread: Double) {
    let noise = Tensor(
      shape: inputs.shape, scalars: numbers(24).normal(inputs.scalars.count))
    // Noise of a column's own spread: what the standardiser would undo, without its mean.
    let scaler = Standardiser(inputs)
    let (moved, still) = (scaler.undo(noise), scaler.undo(Tensor(repeating: 0, shape: noise.shape)))
    for place in inputs.scalars.indices {
      inputs.scalars[place] += Float(spread) * (moved.scalars[place] - still.scalars[place])
    }
  }
}

extension Tensor {
  /// The rows of this array and then those of another with rows of the same shape.
  func followed(by other: Tensor) -> Tensor {
    Tensor(
      shape: Shape([rowCount + other.rowCount] + shape.extents.dropFirst()),
      scalars: scalars + other.scalars)
  }
}
