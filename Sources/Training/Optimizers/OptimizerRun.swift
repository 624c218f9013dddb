import Engine
import Graphs
import Networks
import Tensors

/// Carries out the steps of an optimizer in Keras' order: gather, clip, decay, update, average,
/// constrain, count.
struct OptimizerRun {
  private let optimizer: any Optimizer
  private let options: OptimizerOptions
  private let ranges: [Range<Int>]
  private let shapes: [Shape]
  private let paths: [String]
  private let count: Int
  private let constraints: (any Executable)?
  private let backend: any Backend
  private let isElementWise: Bool
  private let slotCount: Int

  /// - Parameter paths: The paths of the trainable parameters.
  init(
    _ optimizer: any Optimizer, layout: ParameterLayout, paths: [String],
    constraints: (any Executable)?, backend: any Backend
  ) {
    self.optimizer = optimizer
    self.backend = backend
    isElementWise = optimizer.isElementWise
    slotCount = optimizer.slots.count
    options = optimizer.options
    ranges = layout.slots.filter(\.isTrainable).map(\.range)
    shapes = layout.slots.filter(\.isTrainable).map(\.shape)
    self.paths = paths
    count = layout.trainableCount
    self.constraints = constraints
  }

  /// The learning rate of the next step.
  func rate(_ memory: TrainingMemory) -> Float {
    switch options.learningRate {
    case .constant: memory.learningRate
    case .schedule(let schedule): Float(schedule.learningRate(at: memory.iterations))
    }
  }

  /// The variables that may be trained by row if nothing but lookups reads them.
  func rowTables(of model: Model) -> [Int] {
    guard options.leavesRowsAlone, isElementWise, optimizer.rowRule() != nil else { return [] }
    return model.variables.filter {
      $0.isTrainable && $0.declaration.constraint == nil && $0.shape.rank == 2
    }.map(\.number)
  }

  /// Brings the rows of tables up to date that the next batch looks up.
  ///
  /// - Parameter lookups: The tables that the batch reads by row alone, if there are any.
  func prepare(_ memory: TrainingMemory, _ lookups: RowLookups?) {
    if let known = memory.laggingRows, !(lookups.map(known.areTables) ?? false) {
      known.settle()
      memory.laggingRows = nil
    }
    guard let lookups else { return }
    if memory.laggingRows == nil, let rule = optimizer.rowRule() {
      memory.laggingRows = LaggingRows(lookups, memory: memory, rule: rule, backend: backend)
    }
    memory.laggingRows?.open(lookups)
  }

  /// Moves the parameters by the gradients.
  ///
  /// - Parameter lookups: What ``prepare(_:_:)`` was told.
  func step(_ memory: TrainingMemory, _ lookups: RowLookups? = nil) {
    // What Keras divides gradients by for `loss_scale_factor` it has multiplied the loss by before:
    // in single precision neither changes anything.
    if gather(memory) { move(memory, lookups) }
    if let averages = memory.averages { average(averages, memory) }
    // Tables that are read by row alone have no constraint.
    constraints?.run(
      parameters: memory.laggingParameters, gradients: nil, seed: memory.seed,
      step: UInt64(memory.iterations))
    memory.iterations += 1
  }

  /// Adds the gradients to those of the batches before; whether it is time for a step.
  private func gather(_ memory: TrainingMemory) -> Bool {
    guard let sums = memory.accumulators else { return true }
    let isDue = (memory.iterations + 1) % options.accumulationSteps == 0
    let part = 1 / Float(options.accumulationSteps)
    for index in 0..<count {
      if isDue {
        memory.gradients[index] = (memory.gradients[index] + sums[index]) * part
        sums[index] = 0
      } else {
        sums[index] += memory.gradients[index]
      }
    }
    return isDue
  }

  private func move(_ memory: TrainingMemory, _ lookups: RowLookups?) {
    clip(memory.gradients)
    let rate = rate(memory)
    let number = memory.iterations / options.accumulationSteps + 1
    for range in lookups?.rest ?? [0..<count] {
      if let decay = options.weightDecay, decay != 0 {
        OptimizerKernels.decay(
          memory.laggingParameters + range.lowerBound, count: range.count, decay: Float(decay),
          rate: rate)
      }
      let step = OptimizerStep(
        parameters: memory.laggingParameters, gradients: memory.gradients,
        slots: memory.laggingSlots, scalars: memory.scalars, count: count, ranges: ranges,
        shapes: shapes, paths: paths, rate: rate, number: number)
      guard isElementWise else {
        optimizer.update(step)
        continue
      }
      backend.inParts(range.count) { part in
        if part.count == count { return optimizer.update(step) }
        let moved = range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
        step.part(moved, optimizer.update, slotCount: slotCount)
      }
    }
    if lookups != nil { memory.laggingRows?.step(rate: rate, number: number) }
  }

  private func clip(_ gradients: UnsafeMutablePointer<Float>) {
    if let limit = options.clipNorm {
      for range in ranges {
        let part = gradients + range.lowerBound
        let norm =
          OptimizerKernels.sumOfSquares(part, count: range.count).squareRoot()
        // Not max(): a NaN has to spread over the whole variable, as it does in Keras.
        let factor = norm <= limit ? 1 : limit / norm
        if factor != 1 { OptimizerKernels.scale(part, count: range.count, by: Float(factor)) }
      }
    } else if let limit = options.globalClipNorm {
      let norm = OptimizerKernels.sumOfSquares(gradients, count: count).squareRoot()
      // An infinite norm makes all gradients NaN, as it does in Keras.
      let factor = norm <= limit ? 1 : norm.isFinite ? limit / norm : .nan
      if factor != 1 { OptimizerKernels.scale(gradients, count: count, by: Float(factor)) }
    } else if let limit = options.clipValue {
      OptimizerKernels.clip(gradients, count: count, to: Float(limit))
    }
  }

  private func average(_ averages: UnsafeMutablePointer<Float>, _ memory: TrainingMemory) {
    let steps = memory.iterations / options.accumulationSteps
    let keep = steps == 0 ? 0 : Float(options.averageMomentum)
    let overwrites =
      options.averageOverwriteFrequency.map { (steps + 1) % max(1, $0) == 0 } ?? false
    for index in 0..<count {
      averages[index] = keep * averages[index] + (1 - keep) * memory.parameters[index]
      if overwrites { memory.parameters[index] = averages[index] }
    }
  }

  /// At the end of `fit` the moving average takes the place of the parameters.
  func finish(_ memory: TrainingMemory) {
    if let averages = memory.averages { memory.parameters.update(from: averages, count: count) }
  }
}
