import Engine

/// A training state in memory that does not move, for the length of a run.
final class TrainingMemory {
  let layout: ParameterLayout
  /// The parameters as they are in memory, with rows of tables that lag behind.
  let laggingParameters: UnsafeMutablePointer<Float>
  /// The slots, in which the same rows lag behind.
  let laggingSlots: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  let gradients: UnsafeMutablePointer<Float>
  /// The tables of which batches move few rows, if there are any.
  var laggingRows: LaggingRows?
  let slotCount: Int
  let scalars: UnsafeMutablePointer<Double>
  let scalarCount: Int
  let averages: UnsafeMutablePointer<Float>?
  let accumulators: UnsafeMutablePointer<Float>?
  var iterations: Int
  var learningRate: Float
  let seed: UInt64

  /// All parameters, every row up to date.
  var parameters: UnsafeMutablePointer<Float> {
    laggingRows?.settle()
    return laggingParameters
  }

  /// The slots, every row up to date.
  var slots: UnsafeMutablePointer<UnsafeMutablePointer<Float>> {
    laggingRows?.settle()
    return laggingSlots
  }

  /// Takes over a state.
  ///
  /// - Throws: ``TrainingError/stateSize(what:found:expected:)`` if it is not one of this layout.
  init(_ state: TrainingState, layout: ParameterLayout, optimizer: any Optimizer) throws {
    let trainable = layout.trainableCount
    let sizes: [(String, Int, Int)] =
      [
        ("parameters", state.parameters.count, layout.count),
        ("optimizer slots", state.slots.count, optimizer.slots.count),
        ("optimizer scalars", state.scalars.count, optimizer.initialScalars.count),
      ] + state.slots.map { ("optimizer slot", $0.count, trainable) }
    for (what, found, expected) in sizes where found != expected {
      throw TrainingError.stateSize(what: what, found: found, expected: expected)
    }
    func copy(_ numbers: [Float]) -> UnsafeMutablePointer<Float> {
      let result = AlignedMemory.zeros(max(1, numbers.count))
      result.update(from: numbers, count: numbers.count)
      return result
    }
    self.layout = layout
    laggingParameters = copy(state.parameters)
    gradients = AlignedMemory.zeros(max(1, trainable))
    slotCount = state.slots.count
    laggingSlots = .allocate(capacity: max(1, slotCount))
    for (index, slot) in state.slots.enumerated() {
      (laggingSlots + index).initialize(to: copy(slot))
    }
    scalarCount = state.scalars.count
    scalars = .allocate(capacity: max(1, scalarCount))
    scalars.initialize(from: state.scalars, count: scalarCount)
    averages = state.averages.isEmpty ? nil : copy(state.averages)
    accumulators = state.accumulators.isEmpty ? nil : copy(state.accumulators)
    iterations = state.iterations
    learningRate = state.learningRate
    seed = state.seed
  }

  deinit {
    laggingParameters.deallocate()
    gradients.deallocate()
    for index in 0..<slotCount { laggingSlots[index].deallocate() }
    laggingSlots.deallocate()
    scalars.deallocate()
    averages?.deallocate()
    accumulators?.deallocate()
  }

  /// The state as it is now.
  var state: TrainingState {
    var result = TrainingState(seed: seed)
    store(into: &result)
    return result
  }

  /// Takes over another state of the same layout.
  func load(_ state: TrainingState) {
    func write(_ numbers: [Float], _ memory: UnsafeMutablePointer<Float>?) {
      memory?.update(from: numbers, count: numbers.count)
    }
    write(state.parameters, parameters)
    for (slot, numbers) in state.slots.prefix(slotCount).enumerated() {
      write(numbers, slots[slot])
    }
    for (index, number) in state.scalars.prefix(scalarCount).enumerated() {
      scalars[index] = number
    }
    write(state.averages, averages)
    write(state.accumulators, accumulators)
    iterations = state.iterations
    learningRate = state.learningRate
  }

  /// Writes the state as it is now.
  func store(into state: inout TrainingState) {
    let trainable = layout.trainableCount
    func read(_ pointer: UnsafeMutablePointer<Float>?, _ count: Int) -> [Float] {
      pointer.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
    }
    state.parameters = read(parameters, layout.count)
    state.slots = (0..<slotCount).map { read(slots[$0], trainable) }
    state.scalars = Array(UnsafeBufferPointer(start: scalars, count: scalarCount))
    state.averages = read(averages, trainable)
    state.accumulators = read(accumulators, trainable)
    state.iterations = iterations
    state.learningRate = learningRate
  }
}
