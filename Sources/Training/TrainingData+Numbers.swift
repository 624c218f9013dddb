package import Networks
package import Tensors

extension TrainingData {
  /// Refuses numbers that name nothing, as TensorFlow does on processors: words without a row in
  /// their table, and labels without an output unit.
  ///
  /// ``Trainer`` itself computes on as JAX does, with NaN for such words and rows of no class for
  /// such labels, so that a diagnosis can repeat what a run did.
  /// - Throws: ``TrainingError`` that names the layer, the number, its row and what there is.
  package func checkNumbers(for model: Model, _ compilation: Compilation) throws {
    try inputs.checkNumbers(for: model)
    let losses = try compilation.losses(for: model.outputNames)
    for (place, loss) in losses.enumerated() where loss.function.takesClassNumbers {
      let number = targets.count == losses.count ? place : loss.output
      guard targets.indices.contains(number), let row = model.outputRowShapes[loss.output],
        row.rank > 0, row[-1] > 1
      else { continue }
      try targets[number].checkNumbers(
        of: "labels of output '\(model.outputNames[loss.output])'", below: row[-1],
        except: loss.function.ignoredClass)
    }
  }
}

extension [any RowSource] {
  /// Refuses words without a row in their table.
  ///
  /// - Throws: ``TrainingError`` that names the layer, the number, its row and what there is.
  package func checkNumbers(for model: Model) throws {
    for lookup in model.lookups where indices.contains(lookup.input) {
      try self[lookup.input].checkNumbers(of: "layer '\(lookup.layer)'", below: lookup.rows)
    }
  }
}

extension RowSource {
  /// Refuses whole numbers outside `0 ..< count`. Decimals are cut off, as Keras does; NaN is left to
  /// what looks for NaN.
  fileprivate func checkNumbers(of owner: String, below count: Int, except: Int? = nil) throws {
    let allowed = 0..<Float(count)
    let ignored = except.map(Float.init)
    let length = rowLength
    try forEachBlock { first, elements in
      let wrong = elements.firstIndex { element in
        let number = element.rounded(.towardZero)
        return !allowed.contains(number) && !number.isNaN && number != ignored
      }
      guard let wrong else { return }
      throw TrainingError.numberOutOfRange(
        owner: owner, found: "\(Int(exactly: elements[wrong].rounded(.towardZero)) ?? .max)",
        row: first + wrong / length, count: count)
    }
  }
}
