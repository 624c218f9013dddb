import Tensors

// Reading rows of a table by their numbers, and the order of elements turned around.
extension Graph {
  /// Rows of a table `[rows, width]` by numbers of any shape: `result[…, :] = table[number[…], :]`.
  ///
  /// Numbers are floats, cut to whole numbers; negative ones count from the end. A row that does
  /// not exist is NaN, as in JAX (where TensorFlow ends the run with an error), and its gradient is
  /// lost.
  public mutating func gather(_ table: Value, at numbers: Value) -> Value {
    let source = shape(table)
    precondition(source.rank == 2, "rows of a table of shape \(source)")
    return append(
      .gather, [table, numbers], shape: Shape(shape(numbers).extents + [source[1]]))
  }

  /// A table `[rows, width]` of zeros to whose rows values are added: the transpose of
  /// ``gather(_:at:)``. Values for rows that do not exist are left out.
  public mutating func scatterAdd(_ values: Value, at numbers: Value, rows: Int) -> Value {
    let (source, places) = (shape(values), shape(numbers))
    precondition(
      source.rank == places.rank + 1 && source.extents.dropLast() == places.extents[...],
      "values \(source) for rows \(places)")
    return append(.scatterAdd, [values, numbers], shape: [rows, source[-1]])
  }

  /// The elements in opposite order along axes (−1 is the last one).
  public mutating func reversed(_ value: Value, axes: [Int]) -> Value {
    let source = shape(value)
    let chosen = Set(axes.map { source.normalized($0) }).filter { source.extents[$0] > 1 }
    return chosen.isEmpty
      ? value : append(.reverse(axes: chosen.sorted()), [value], shape: source)
  }
}
