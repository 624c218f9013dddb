extension RowSource {
  /// Some columns of evenly spaced rows: the first row and every `step`th behind it.
  ///
  /// - Parameter columns: The columns, as places within a row.
  /// - Returns: The elements of each column, by row.
  /// - Throws: What reading a file throws.
  /// - Complexity: O(rows / step × row length) for an array in a file: rows are read whole.
  package func columns(_ columns: [Int], everyRow step: Int) throws -> [[Float]] {
    precondition(step > 0, "a step of \(step) rows")
    let rows = stride(from: 0, to: rowCount, by: step)
    if let tensor = self as? Tensor {
      let length = tensor.rowLength
      return columns.map { column in rows.map { tensor.scalars[$0 * length + column] } }
    }
    var result = columns.map { _ in [Float]() }
    func take(_ elements: UnsafeBufferPointer<Float>) {
      for (place, column) in columns.enumerated() { result[place].append(elements[column]) }
    }
    let length = rowLength
    if step == 1 {
      try forEachBlock { _, elements in
        for start in stride(from: 0, to: elements.count, by: max(1, length)) {
          take(UnsafeBufferPointer(rebasing: elements[start..<start + length]))
        }
      }
      return result
    }
    var row = [Float](repeating: 0, count: length)
    for number in rows {
      try row.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        try read(number..<number + 1, into: base)
        take(UnsafeBufferPointer(buffer))
      }
    }
    return result
  }
}
