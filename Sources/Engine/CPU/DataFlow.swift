import Graphs
import Tensors

/// Who reads what in a program, once everything that needs no work of its own is looked through:
/// reshapes are other names for their operands, constants and simple broadcasts are read by
/// element-wise operations as they are.
struct DataFlow {
  /// How an element-wise operation over [rows, columns] reads an operand.
  enum Access: Hashable {
    case constant(Double)
    /// One element for each element of the result.
    case full(Int)
    /// One element for all.
    case scalar(Int)
    /// One element for each column.
    case row(Int, Grid)
    /// One element for each row.
    case column(Int, Grid)

    /// The node that is read.
    var source: Int? {
      switch self {
      case .constant: nil
      case .full(let node), .scalar(let node), .row(let node, _), .column(let node, _): node
      }
    }

    /// The grid that the operation must be laid out on.
    var grid: Grid? {
      switch self {
      case .constant, .full, .scalar: nil
      case .row(_, let grid), .column(_, let grid): grid
      }
    }
  }

  /// The elements of an operation as rows and columns.
  struct Grid: Hashable {
    var rows: Int
    var columns: Int
  }

  let program: Program
  /// For each node the one whose memory it shares: itself, or what it is a reshape of.
  private(set) var roots: [Int]
  /// How the element-wise nodes read their operands.
  private(set) var accesses: [Int: [Access]] = [:]
  /// The roots that each node reads; empty for nodes that need not be computed.
  private(set) var reads: [[Int]]
  /// The nodes that read each root.
  private(set) var readers: [[Int]]
  /// The nodes that must be computed.
  private(set) var isNeeded: [Bool]
  /// The roots of what the program hands out.
  let wanted: Set<Int>

  init(_ program: Program) {
    self.program = program
    let nodes = program.graph.nodes
    var roots = Array(nodes.indices)
    for (index, node) in nodes.enumerated() {
      if case .reshape = node.operation { roots[index] = roots[node.operands[0].index] }
    }
    self.roots = roots
    let handedOut =
      program.outputs + Array(program.gradients.values) + Array(program.updates.values)
    wanted = Set(handedOut.map { roots[$0.index] })
    reads = [[Int]](repeating: [], count: nodes.count)
    readers = reads
    isNeeded = [Bool](repeating: false, count: nodes.count)

    for index in wanted { isNeeded[index] = true }
    for index in nodes.indices.reversed() where isNeeded[index] {
      let node = nodes[index]
      if node.operation.isElementwise {
        var grid: Grid?
        let found = node.operands.map { operand -> Access in
          let access = access(to: operand.index, on: grid)
          grid = grid ?? access.grid
          return access
        }
        accesses[index] = found
        reads[index] = found.compactMap(\.source)
      } else {
        reads[index] = node.operands.map { roots[$0.index] }
        if let flow = outputFlow(to: index) { reads[index][0] = flow.source }
        if let source = lookedAt(by: index) { reads[index][1] = source }
      }
      for source in reads[index] { isNeeded[source] = true }
    }
    for index in nodes.indices where isNeeded[index] {
      for source in Set(reads[index]) { readers[source].append(index) }
    }
  }

  var nodes: [Node] { program.graph.nodes }

  /// How an element-wise operation reads a value, if it is laid out on the given grid already.
  private func access(to value: Int, on grid: Grid?) -> Access {
    let root = roots[value]
    if case .constant(let number) = nodes[root].operation { return .constant(number) }
    guard case .broadcast = nodes[root].operation else { return .full(root) }
    let operand = nodes[root].operands[0]
    let source = roots[operand.index]
    // Axes of extent 1 do not matter; the others are either repeated or kept.
    let axes = zip(program.graph.shape(operand).extents, nodes[root].shape.extents)
      .filter { $1 != 1 }
    let isRepeated = axes.map { $0 != $1 }
    guard let first = isRepeated.first, let turn = isRepeated.firstIndex(of: !first) else {
      return .scalar(source)
    }
    // Only "first all of one kind, then all of the other" is rows and columns.
    guard isRepeated[turn...].allSatisfy({ $0 != first }) else { return .full(root) }
    let extents = axes.map(\.1)
    let found = Grid(
      rows: extents[..<turn].reduce(1, *), columns: extents[turn...].reduce(1, *))
    guard grid == nil || grid == found else { return .full(root) }
    return first ? .row(source, found) : .column(source, found)
  }
}

extension Operation {
  /// Whether each element of the result follows from the elements at the same place.
  var isElementwise: Bool {
    switch self {
    case .unary, .binary, .select: true
    default: false
    }
  }

  /// Whether the result is there before the program runs.
  var isLeaf: Bool {
    switch self {
    case .input, .parameter, .constant: true
    default: false
    }
  }
}
