import CaseFile
import JSON
import Tensors
import Training

/// Standardises features or targets column by column with the mean and spread of the training rows:
/// `data.x.scale`, `data.y.scale`.
struct ScaleEdit: EditRule {
  let pattern = ["data", "*", "scale"]
  let place = EditPlace.data

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard edit.to.string == "standardise" else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    switch path[1] {
    case "x":
      for index in run.data.training.inputs.indices {
        let scaler = Standardiser(run.data.training.inputs[index])
        run.data.mapInputs(index) { scaler($0) }
      }
    case "y":
      guard let targets = run.data.training.targets.first else {
        throw EditError.missing("targets")
      }
      let scaler = Standardiser(targets)
      run.data.mapTargetArrays { scaler($0) }
    default: throw EditError.unknownTarget(edit.target)
    }
  }
}

/// Subtracts the mean of each column and divides by its spread.
struct Standardiser: Sendable {
  private let mean: [Double]
  private let spread: [Double]

  /// Fits on the rows of an array; a constant column is only shifted.
  init(_ tensor: Tensor) {
    let (rows, length) = (tensor.rowCount, tensor.rowLength)
    var sums = [Double](repeating: 0, count: length)
    var squares = sums
    for row in 0..<rows {
      for column in 0..<length { sums[column] += Double(tensor.scalars[row * length + column]) }
    }
    let mean = sums.map { $0 / Double(max(1, rows)) }
    for row in 0..<rows {
      for column in 0..<length {
        let distance = Double(tensor.scalars[row * length + column]) - mean[column]
        squares[column] += distance * distance
      }
    }
    self.mean = mean
    spread = squares.map { square in
      let deviation = (square / Double(max(1, rows))).squareRoot()
      return deviation > 0 ? deviation : 1
    }
  }

  /// The array on the new scale.
  func callAsFunction(_ tensor: Tensor) -> Tensor {
    var scaled = tensor
    let length = mean.count
    for index in scaled.scalars.indices {
      let column = index % length
      scaled.scalars[index] = Float((Double(scaled.scalars[index]) - mean[column]) / spread[column])
    }
    return scaled
  }
}
