import Graphs
import Tensors

/// A program as a list of instructions with a place for every array.
///
/// Arrays that outlive a run (inputs, outputs, constants) lie at the front of the arena; the others
/// share the rest of it. Gradients are computed straight into the caller's memory, parameters are
/// read where they are.
struct Plan {
  let flow: DataFlow
  let layout: ParameterLayout
  let list = InstructionList()
  /// Where each input lies in the arena.
  private(set) var inputs: [Range<Int>] = []
  /// Where each output lies in the arena.
  private(set) var outputs: [Range<Int>] = []
  /// Constants that must be there as arrays, with their places in the arena.
  private(set) var constants: [(range: Range<Int>, value: Float)] = []
  /// The size of the arena in floats.
  private(set) var arenaCount = 0

  let fusion: Fusion
  private var places: [Int: Place] = [:]

  init(_ program: Program, layout: ParameterLayout) {
    let inputShapes = program.inputShapes
    flow = DataFlow(program.simplified())
    self.layout = layout
    fusion = Fusion(flow)
    for shape in inputShapes { inputs.append(reserve(shape.count)) }
    for value in flow.program.outputs {
      outputs.append(reserve(flow.program.graph.shape(value).count))
    }
    placeLeaves()
    placeResults()
    let order = fusion.schedule()
    placeTemporaries(order)

    for number in order { emit(fusion.units[number]) }
    copyResults()
    copyUpdates()
  }

  /// Where a node's elements are.
  func place(_ node: Int) -> Place {
    guard let place = places[node] else { preconditionFailure("node \(node) has no place") }
    return place
  }

  // MARK: Places

  private mutating func reserve(_ count: Int) -> Range<Int> {
    let range = arenaCount..<arenaCount + count
    arenaCount += ArenaLayout.aligned(count)
    return range
  }

  private func inArena(_ offset: Int) -> Place {
    Place(memory: .arena, offset: offset)
  }

  private func parameter(_ number: Int) -> Place {
    Place(memory: .parameters, offset: layout.slots[number].offset)
  }

  private func gradient(_ number: Int) -> Place {
    let slot = layout.slots[number]
    precondition(slot.isTrainable, "parameter \(number) is not trainable, yet has a gradient")
    return Place(memory: .gradients, offset: slot.offset)
  }

  private mutating func placeLeaves() {
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      switch node.operation {
      case .input(let number):
        places[index] = inArena(inputs[number].lowerBound)
      case .parameter(let number):
        precondition(
          layout.slots[number].shape.count == node.shape.count,
          "parameter \(number) is \(layout.slots[number].shape), the graph has \(node.shape)")
        places[index] = parameter(number)
      case .constant(let value):
        let range = reserve(node.shape.count)
        constants.append((range, Float(value)))
        places[index] = inArena(range.lowerBound)
      default: break
      }
    }
  }

  /// Lets results be computed where they are wanted, each in the first such place.
  private mutating func placeResults() {
    for (number, value) in flow.program.outputs.enumerated() {
      let root = flow.roots[value.index]
      if places[root] == nil { places[root] = inArena(outputs[number].lowerBound) }
    }
    for (number, value) in flow.program.gradients.sorted(by: { $0.key < $1.key }) {
      let root = flow.roots[value.index]
      if places[root] == nil { places[root] = gradient(number) }
    }
  }

  private mutating func placeTemporaries(_ order: [Int]) {
    var position = [Int](repeating: 0, count: order.count)
    for (place, number) in order.enumerated() { position[number] = place }
    var owners: [Int] = []
    var needs: [ArenaLayout.Need] = []
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      guard places[index] == nil, let unit = fusion.unit[index], isStored(index), !isView(index)
      else { continue }
      let made = position[unit]
      // What an update needs is copied after everything else.
      let last = flow.wanted.contains(index) ? order.count : lastUse(of: index, position) ?? made
      owners.append(index)
      needs.append(ArenaLayout.Need(count: node.shape.count, lifetime: made...max(made, last)))
    }
    let arena = ArenaLayout(needs, from: arenaCount)
    for (owner, offset) in zip(owners, arena.offsets) { places[owner] = inArena(offset) }
    arenaCount = arena.count
    for index in flow.nodes.indices where flow.isNeeded[index] && isView(index) && isStored(index) {
      places[index] = view(of: index)
    }
  }

  /// Where in the order a node's elements are read for the last time, by whatever name.
  private func lastUse(of node: Int, _ position: [Int]) -> Int? {
    flow.readers[node].compactMap { reader -> Int? in
      let own = fusion.unit[reader].map { position[$0] }
      let later = isView(reader) ? lastUse(of: reader, position) : nil
      return [own, later].compactMap(\.self).max()
    }.max()
  }

  /// Whether a node is a part of its operand that lies in one piece, and so needs no copy.
  private func isView(_ index: Int) -> Bool {
    let node = flow.nodes[index]
    guard case .slice(_, let strides) = node.operation, strides.allSatisfy({ $0 == 1 }),
      !flow.wanted.contains(index)
    else { return false }
    let source = flow.program.graph.shape(node.operands[0]).extents
    let first = node.shape.extents.firstIndex { $0 != 1 } ?? source.count
    return node.shape.extents.dropFirst(first + 1) == source.dropFirst(first + 1)
  }

  private func view(of index: Int) -> Place {
    let node = flow.nodes[index]
    guard case .slice(let starts, _) = node.operation else {
      preconditionFailure("\(node.operation) is no part of anything")
    }
    let strides = flow.program.graph.shape(node.operands[0]).strides
    return place(flow.roots[node.operands[0].index]) + zip(starts, strides).map(*).reduce(0, +)
  }

  /// Whether a node's elements are needed outside its unit.
  func isStored(_ node: Int) -> Bool {
    flow.wanted.contains(node)
      || flow.readers[node].contains {
        fusion.unit[$0] != fusion.unit[node] || isView($0) && isStored($0)
      }
  }

  // MARK: Instructions

  private func emit(_ unit: Fusion.Unit) {
    let first = unit.nodes[0]
    if flow.nodes[first].operation.isElementwise {
      appendTile(unit)
      return
    }
    if isView(first) { return }
    if unit.nodes.contains(where: { fusion.isRecurrence($0, Set(RecurrenceForm.allCases)) }) {
      appendRecurrence(unit)
      return
    }
    let bias = unit.nodes.dropFirst().first.flatMap { fusion.bias(of: $0, addedTo: first) }
    switch flow.nodes[first].operation {
    case .matrixProduct: appendProduct(unit, bias: bias)
    case .convolution: appendConvolution(unit, bias: bias)
    case .gather, .scatterAdd: appendLookup(unit)
    default: appendSingle(first)
    }
  }

  /// What could not be computed in place, because it is a leaf or wanted twice, is copied.
  private func copyResults() {
    for (number, value) in flow.program.outputs.enumerated() {
      copy(value, to: inArena(outputs[number].lowerBound))
    }
    for (number, value) in flow.program.gradients.sorted(by: { $0.key < $1.key }) {
      copy(value, to: gradient(number))
    }
  }

  /// New values of parameters come last: everything else reads the old ones. Those that are copies
  /// of other parameters go by way of the arena, since the others may change too.
  private mutating func copyUpdates() {
    var waiting: [(from: Place, to: Place, count: Int)] = []
    for (number, value) in flow.program.updates.sorted(by: { $0.key < $1.key }) {
      let root = flow.roots[value.index]
      let count = flow.nodes[root].shape.count
      var source = place(root)
      if source.memory == .parameters, source != parameter(number) {
        let aside = inArena(reserve(count).lowerBound)
        appendCopy(from: source, to: aside, count: count)
        source = aside
      }
      waiting.append((source, parameter(number), count))
    }
    for move in waiting where move.from != move.to {
      appendCopy(from: move.from, to: move.to, count: move.count)
    }
  }

  private func copy(_ value: Value, to target: Place) {
    let root = flow.roots[value.index]
    if place(root) != target {
      appendCopy(from: place(root), to: target, count: flow.nodes[root].shape.count)
    }
  }
}
