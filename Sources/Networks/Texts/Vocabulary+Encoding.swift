package import Graphs
package import Tensors

extension Vocabulary {
  /// What Keras keeps among the weights: those of `tf_idf`, zeros behind them up to the longest vector.
  package var savedArrays: [String: Tensor] {
    guard output == .tfIdf else { return [:] }
    let padded = weights + [Float](repeating: 0, count: max(0, depth - weights.count))
    return ["idf_weights": Tensor(shape: [padded.count], scalars: padded)]
  }

  /// What stands behind the end of shorter texts: the place of the mask, or none.
  package var filler: Float { output == .int ? 0 : -1 }

  /// Places as a graph takes them in: for `tf_idf` beside the weights, `[…, 2, count]`.
  package func entry(_ places: [Int], shape: Shape) -> DataEntry {
    let numbers = places.map(Float.init)
    guard output == .tfIdf else {
      return DataEntry(numbers: Tensor(shape: shape, scalars: numbers), filler: filler)
    }
    let length = shape.rank > 1 ? shape[-1] : 1
    var scalars: [Float] = []
    scalars.reserveCapacity(2 * numbers.count)
    for start in stride(from: 0, to: numbers.count, by: max(1, length)) {
      scalars += numbers[start..<start + length]
      scalars += places[start..<start + length].map { $0 < 0 ? 0 : weights[$0] }
    }
    let row = shape.rank > 1 ? Array(shape.extents.dropLast()) : shape.extents
    return DataEntry(
      numbers: Tensor(shape: Shape(row + [2, length]), scalars: scalars), filler: filler)
  }

  /// Builds vectors of places that a graph takes in, or leaves them.
  ///
  /// - Throws: ``ShapeError`` for rows that have no axis to count along.
  package func encoded(_ entry: Value, layer: String, in graph: inout Graph) throws -> Value {
    guard output == .tfIdf else {
      return try output.encoded(entry, depth: depth, layer: layer, in: &graph)
    }
    let shape = graph.shape(entry)
    guard shape.rank == 3, shape[1] == 2 else {
      throw ShapeError(
        subject: layer, found: "input of shape \(shape)",
        expected: "rows of places, with one axis besides the batch, beside their weights")
    }
    return try output.encoded(
      graph.element(entry, axis: 1, 0), weights: graph.element(entry, axis: 1, 1),
      depth: depth, layer: layer, in: &graph)
  }
}
