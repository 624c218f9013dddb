import Engine
public import Networks
public import Tensors

/// One of the variables of an optimizer as Keras saves them.
public struct OptimizerVariable: Hashable, Sendable {
  /// What it holds: `iteration`, `learning_rate`, `dense_kernel_momentum`.
  public let name: String
  /// Its values.
  public let tensor: Tensor
  /// Whether Keras keeps it as a whole number.
  public let isInteger: Bool
}

extension TrainingState {
  /// The optimizer's variables in the flat order of `optimizer/vars` in Keras' files: iteration,
  /// learning rate (none with a schedule), moving averages, gathered gradients, then the blocks of
  /// slots, within a block variable by variable, and last the numbers besides.
  public func optimizerVariables(
    model: Model, optimizer: any Optimizer
  ) -> [OptimizerVariable] {
    let layout = model.layout
    let trainable = model.variables.filter(\.isTrainable)
    func scalar(_ name: String, _ value: Float, isInteger: Bool = false) -> OptimizerVariable {
      OptimizerVariable(
        name: name, tensor: Tensor(shape: .scalar, scalars: [value]), isInteger: isInteger)
    }
    func part(
      _ arena: [Float], _ variable: ModelVariable, _ name: String, _ shape: Shape? = nil
    ) -> OptimizerVariable {
      let shape = shape ?? variable.shape
      let start = layout.slots[variable.number].range.lowerBound
      let layer = variable.layer.split(separator: "/").joined(separator: "_")
      return OptimizerVariable(
        name: "\(layer)_\(variable.name)_\(name)",
        tensor: Tensor(
          shape: shape, scalars: Array(arena[start..<start + shape.count])),
        isInteger: false)
    }
    var result = [scalar("iteration", Float(iterations), isInteger: true)]
    if case .constant = optimizer.options.learningRate {
      result.append(scalar("learning_rate", learningRate))
    }
    if !averages.isEmpty { result += trainable.map { part(averages, $0, "average") } }
    if !accumulators.isEmpty {
      result += trainable.map { part(accumulators, $0, "gradient_accumulator") }
    }
    var first = 0
    for block in optimizer.slotBlocks {
      for variable in trainable {
        for (position, slot) in block.enumerated()
        where optimizer.keeps(slot, of: model.path(of: variable), variable.shape) {
          let shape = slot.shape(for: variable.shape)
          result.append(part(slots[first + position], variable, slot.name, shape))
        }
      }
      first += block.count
    }
    return result + scalars.map { scalar("product", Float($0)) }
  }

  /// Takes over the optimizer's variables from a Keras file, in the order of
  /// ``optimizerVariables(model:optimizer:)``.
  ///
  /// - Throws: ``TrainingError/stateSize(what:found:expected:)`` if they are not those of this
  ///   optimizer and model; the state is then unchanged.
  public mutating func setOptimizerVariables(
    _ values: [Tensor], model: Model, optimizer: any Optimizer
  ) throws {
    let expected = optimizerVariables(model: model, optimizer: optimizer)
    guard values.count == expected.count else {
      throw TrainingError.stateSize(
        what: "optimizer variables", found: values.count, expected: expected.count)
    }
    for (value, wanted) in zip(values, expected)
    where value.scalars.count != wanted.tensor.scalars.count {
      throw TrainingError.stateSize(
        what: "optimizer variable '\(wanted.name)'", found: value.scalars.count,
        expected: wanted.tensor.scalars.count)
    }
    let layout = model.layout
    let trainable = model.variables.filter(\.isTrainable)
    let ranges = trainable.map { layout.slots[$0.number].range }
    var next = values[...]
    func take() -> [Float] { next.removeFirst().scalars }
    iterations = Int(take()[0])
    if case .constant = optimizer.options.learningRate { learningRate = take()[0] }
    if !averages.isEmpty {
      for range in ranges { averages.replaceSubrange(range, with: take()) }
    }
    if !accumulators.isEmpty {
      for range in ranges { accumulators.replaceSubrange(range, with: take()) }
    }
    var first = 0
    for block in optimizer.slotBlocks {
      for (variable, range) in zip(trainable, ranges) {
        for (position, slot) in block.enumerated()
        where optimizer.keeps(slot, of: model.path(of: variable), variable.shape) {
          let count = slot.shape(for: variable.shape).count
          slots[first + position].replaceSubrange(
            range.lowerBound..<range.lowerBound + count, with: take())
        }
      }
      first += block.count
    }
    scalars = scalars.map { _ in Double(take()[0]) }
  }
}
