import CKernels
import Graphs
import Tensors

// Element-wise units as instructions: every node becomes one operation on numbered registers.
extension Plan {
  /// Appends the instruction that computes an element-wise unit.
  func appendTile(_ unit: Fusion.Unit) {
    var operands: [DataFlow.Access] = []
    var constants: [Double] = []
    let members = Set(unit.nodes)
    for access in unit.nodes.flatMap({ flow.accesses[$0] ?? [] }) {
      if case .constant(let number) = access {
        // Told apart by their bits: NaN is not equal to itself, and −0 is not 0.
        if !constants.contains(where: { $0.bitPattern == number.bitPattern }) {
          constants.append(number)
        }
      } else if let source = access.source, !members.contains(source), !operands.contains(access) {
        operands.append(access)
      }
    }
    let results = unit.nodes.filter { flow.nodes[$0].operation.isElementwise && isStored($0) }
    var sums: [dh_tile_sum] = []
    var registers = TileRegisters(operands: operands, constants: constants, results: results)

    // The last node of the unit that reads each temporary.
    var lastReader: [Int: Int] = [:]
    for node in unit.nodes { for source in flow.reads[node] { lastReader[source] = node } }
    var micros: [dh_micro] = []
    for node in unit.nodes {
      if fusion.isSum(node) {
        // Taken once the whole tile is there: until then the register is not used again.
        let source = DataFlow.Access.full(flow.reads[node][0])
        sums.append(
          dh_tile_sum(
            result: place(node).forKernels, source: Int64(registers.register(of: source))))
        continue
      }
      let accesses = flow.accesses[node] ?? []
      let sources = accesses.map { registers.register(of: $0) }
      for source in Set(flow.reads[node]) where members.contains(source) {
        if lastReader[source] == node { registers.release(source) }
      }
      let target = registers.claim(node)
      micros.append(
        dh_micro(
          operation: flow.nodes[node].operation.tileOperation, result: target, a: sources[0],
          b: sources[min(1, sources.count - 1)], c: sources[min(2, sources.count - 1)]))
    }

    let count = flow.nodes[unit.nodes[0]].shape.count
    let grid = unit.grid ?? DataFlow.Grid(rows: 1, columns: count)
    list.append(
      dh_tile(
        rows: Int64(grid.rows), columns: Int64(grid.columns),
        operand_count: Int64(operands.count), constant_count: Int64(constants.count),
        result_count: Int64(results.count), temporary_count: Int64(registers.temporaryCount),
        micro_count: Int64(micros.count), sum_count: Int64(sums.count),
        operands: list.keep(operands.map(tileOperand)),
        constants: list.keep(constants.map(Float.init)),
        results: list.keep(results.map { place($0).forKernels }),
        micros: list.keep(micros), sums: list.keep(sums)))
  }

  /// Appends a plain copy.
  func appendCopy(from source: Place, to target: Place, count: Int) {
    let operand = dh_tile_operand(place: source.forKernels, mode: Int64(DH_FULL.rawValue))
    appendSingleTile(
      operands: [operand], constants: [], to: target, count: count)
  }

  /// Appends an instruction that writes the same number everywhere.
  func appendFill(_ number: Float, to target: Place, count: Int) {
    appendSingleTile(operands: [], constants: [number], to: target, count: count)
  }

  private func appendSingleTile(
    operands: [dh_tile_operand], constants: [Float], to target: Place, count: Int
  ) {
    let micro = dh_micro(operation: UInt8(DH_COPY.rawValue), result: 1, a: 0, b: 0, c: 0)
    list.append(
      dh_tile(
        rows: 1, columns: Int64(count), operand_count: Int64(operands.count),
        constant_count: Int64(constants.count), result_count: 1, temporary_count: 0,
        micro_count: 1, sum_count: 0, operands: list.keep(operands),
        constants: list.keep(constants), results: list.keep([target.forKernels]),
        micros: list.keep([micro]), sums: list.keep([dh_tile_sum]())))
  }

  private func tileOperand(_ access: DataFlow.Access) -> dh_tile_operand {
    switch access {
    case .constant(let number): preconditionFailure("the constant \(number) has no place")
    case .full(let node):
      dh_tile_operand(place: place(node).forKernels, mode: Int64(DH_FULL.rawValue))
    case .scalar(let node):
      dh_tile_operand(place: place(node).forKernels, mode: Int64(DH_SCALAR.rawValue))
    case .row(let node, _):
      dh_tile_operand(place: place(node).forKernels, mode: Int64(DH_ROW.rawValue))
    case .column(let node, _):
      dh_tile_operand(place: place(node).forKernels, mode: Int64(DH_COLUMN.rawValue))
    }
  }
}
