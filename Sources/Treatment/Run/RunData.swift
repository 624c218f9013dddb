import Tensors

/// The data of a run: the rows to learn from, and those by which it is judged.
package struct RunData: Hashable, Sendable {
  /// The rows to learn from.
  package var training: RunRows
  /// Rows that are not learned from: the user's validation data, else rows set aside.
  package var heldOut: RunRows?
  /// The numbers of the training rows as the user counts them; `nil` if they are 0, 1, 2, ….
  package var rowNumbers: [Int]?

  /// The data of a run.
  package init(training: RunRows, heldOut: RunRows?, rowNumbers: [Int]? = nil) {
    self.training = training
    self.heldOut = heldOut
    self.rowNumbers = rowNumbers
  }

  /// The number of a training row as the user counts it.
  func userNumber(_ row: Int) -> Int { rowNumbers.map { $0[row] } ?? row }

  /// Drops the training rows with the given numbers, as the user counts them.
  mutating func dropRows(_ numbers: Set<Int>) {
    let kept = (0..<training.rowCount).filter { !numbers.contains(userNumber($0)) }
    rowNumbers = kept.map(userNumber)
    training = training.picked(kept)
  }

  /// Changes one input in both parts.
  mutating func mapInputs(_ index: Int, _ transform: (Tensor) -> Tensor) {
    training.inputs[index] = transform(training.inputs[index])
    if let old = heldOut?.inputs[index] { heldOut?.inputs[index] = transform(old) }
  }

  /// Changes the arrays of targets of both parts.
  mutating func mapTargetArrays(_ transform: (Tensor) -> Tensor) {
    training.targets = training.targets.map(transform)
    if let old = heldOut?.targets { heldOut?.targets = old.map(transform) }
  }

  /// Changes every target.
  mutating func mapTargets(_ transform: (Float) -> Float) {
    mapTargetArrays { Tensor(shape: $0.shape, scalars: $0.scalars.map(transform)) }
  }

  /// Turns numbers of classes into rows with one 1; a number out of range gives a row of zeros.
  mutating func oneHotTargets(_ classes: Int) {
    mapTargetArrays { targets in
      var rows = [Float](repeating: 0, count: targets.scalars.count * classes)
      for (row, label) in targets.scalars.enumerated() {
        if let column = Int(exactly: label), (0..<classes).contains(column) {
          rows[row * classes + column] = 1
        }
      }
      return Tensor(shape: [targets.scalars.count, classes], scalars: rows)
    }
  }

  /// Drops the rows that hold NaN or infinite values.
  mutating func dropNonFiniteRows() {
    let kept = training.finiteRows
    rowNumbers = kept.map(userNumber)
    training = training.picked(kept)
    heldOut = heldOut.map { $0.picked($0.finiteRows) }
    if heldOut?.rowCount == 0 { heldOut = nil }
  }
}

extension RunRows {
  /// The numbers of the rows without NaN and infinite values.
  fileprivate var finiteRows: [Int] {
    let arrays = inputs + targets
    return (0..<rowCount).filter { row in
      arrays.allSatisfy { array in
        let length = array.rowLength
        return array.scalars[row * length..<(row + 1) * length].allSatisfy(\.isFinite)
      }
    }
  }
}
