package import Datasets
package import Networks
import Tensors

extension DataSet {
  /// The data as a model's graph takes it in: strings as the places of words, as the layers make them
  /// that work on data.
  ///
  /// - Parameters:
  ///   - others: Data that goes the same way, as the rows of recorded steps; their rows become as long.
  /// - Returns: This and the others; as they are for a model that takes numbers.
  /// - Throws: `ModelError` or `ShapeError` for data that the layers cannot work on, ``DataProblem`` for
  ///   arrays that are not held in memory.
  package func entering(
    _ model: Model, with others: [DataSet] = []
  ) throws -> (data: DataSet, others: [DataSet]) {
    guard let stage = model.dataStage else { return (self, others) }
    let all = [self] + others
    var sets: [[DataArray]] = []
    for data in all {
      sets.append(stage.arrays(try data.dataArrays, columns: data.columnNames))
      if !data.validationInputs.isEmpty {
        sets.append(stage.arrays(try data.validationDataArrays, columns: data.columnNames))
      }
    }
    var made = try stage.entries(of: sets)[...]
    let results = try all.map { data in
      var result = data
      let inputs = made.popFirst() ?? []
      let validation = data.validationInputs.isEmpty ? [] : made.popFirst() ?? []
      try result.replaceInputs(inputs, validation: validation)
      return result
    }
    return (results[0], Array(results.dropFirst()))
  }
}
