public import Engine
public import Networks
public import Tensors

/// Everything that training changes, as one value: to fork an experiment is to copy it.
public struct TrainingState: Hashable, Sendable {
  /// All parameters, laid out by the model's ``Model/layout``, and the states that layers hand on
  /// from batch to batch.
  public var parameters: [Float]
  /// What the optimizer remembers, an arena for each of its slots, laid out as the trainable
  /// parameters.
  public var slots: [[Float]]
  /// Numbers that the optimizer remembers besides.
  public var scalars: [Double]
  /// The moving average of the trainable parameters; empty without one.
  public var averages: [Float]
  /// Gradients gathered since the last step; empty without accumulation.
  public var accumulators: [Float]
  /// How many batches the optimizer has seen.
  public var iterations: Int
  /// The learning rate as callbacks left it; a schedule ignores it.
  public var learningRate: Float
  /// Whence the order of rows, dropout and noise come.
  public var seed: UInt64

  /// The state before the first step.
  ///
  /// - Throws: ``TrainingError/stateSize(what:found:expected:)`` if `parameters` are not those of the model.
  public init(
    model: Model, optimizer: any Optimizer, parameters: [Tensor], seed: UInt64 = 0
  ) throws {
    let layout = model.layout
    guard parameters.count == layout.variableCount else {
      throw TrainingError.stateSize(
        what: "variables", found: parameters.count, expected: layout.variableCount)
    }
    var arena = [Float](repeating: 0, count: layout.count)
    for (slot, tensor) in zip(layout.slots, parameters) {
      guard tensor.scalars.count == slot.shape.count else {
        throw TrainingError.stateSize(
          what: "variable", found: tensor.scalars.count, expected: slot.shape.count)
      }
      arena.replaceSubrange(slot.range, with: tensor.scalars)
    }
    self.init(optimizer: optimizer, layout: layout, parameters: arena, seed: seed)
  }

  /// The state before the first step, with parameters laid out already.
  init(
    optimizer: any Optimizer, layout: ParameterLayout, parameters: [Float], seed: UInt64 = 0
  ) {
    self.parameters = parameters
    slots = optimizer.slots.map { slot in
      switch slot.start {
      case .number(let number): [Float](repeating: number, count: layout.trainableCount)
      case .parameters: [Float](parameters.prefix(layout.trainableCount))
      }
    }
    scalars = optimizer.initialScalars
    let options = optimizer.options
    averages = options.keepsAverages ? [Float](parameters.prefix(layout.trainableCount)) : []
    accumulators =
      options.accumulationSteps > 1 ? [Float](repeating: 0, count: layout.trainableCount) : []
    iterations = 0
    learningRate = 0
    if case .constant(let rate) = options.learningRate { learningRate = Float(rate) }
    self.seed = seed
  }

  /// Nothing yet.
  init(seed: UInt64) {
    (parameters, slots, scalars, averages, accumulators) = ([], [], [], [], [])
    (iterations, learningRate) = (0, 0)
    self.seed = seed
  }

  /// The values of a variable.
  public func tensor(_ number: Int, layout: ParameterLayout) -> Tensor {
    let slot = layout.slots[number]
    return Tensor(shape: slot.shape, scalars: Array(parameters[slot.range]))
  }

  /// The values of all variables, in the model's order.
  public func tensors(layout: ParameterLayout) -> [Tensor] {
    (0..<layout.variableCount).map { tensor($0, layout: layout) }
  }

  /// Lets the next batch start as the first one did, where layers hand states on from batch to batch:
  /// Keras' `reset_state`.
  public mutating func resetCarriedStates(layout: ParameterLayout) {
    for slot in layout.slots[layout.variableCount...] {
      for place in slot.range { parameters[place] = 0 }
    }
  }
}

extension Model {
  /// Where each variable lies in the arena of all parameters.
  public var layout: ParameterLayout {
    ParameterLayout(
      variables.map { ($0.shape, $0.isTrainable) }, carried: carriedStates.map(\.shape))
  }
}
