import Graphs
import Tensors

/// Joins nodes into units that one instruction computes: chains of element-wise operations, and
/// matrix products with the bias and the activation that follow.
struct Fusion {
  /// Nodes that are computed together, in ascending order.
  struct Unit {
    var nodes: [Int]
    /// The grid on which an element-wise unit must be laid out, if one of its operands asks.
    var grid: DataFlow.Grid?
  }

  /// Nodes of one element-wise unit at most: registers are numbered with one byte, and every node
  /// needs up to three besides its own.
  private static let nodeLimit = 48

  /// Units that are looked through for a dependence. Readers that are further apart gain nothing from
  /// sharing a unit, and in unrolled recurrent layers the whole graph lies between them.
  private static let longestWay = 256

  let flow: DataFlow
  private(set) var units: [Unit] = []
  /// The unit of each node that is computed.
  private(set) var unit: [Int?]
  /// The last search for a dependence that came by each unit, and the number of searches.
  private var seen: [Int] = []
  private var searches = 0
  /// What each node reads, as ranges of one list: searches pass over it often.
  private let sources: [Int], reads: [Range<Int>]

  init(_ flow: DataFlow) {
    self.flow = flow
    sources = flow.reads.flatMap(\.self)
    var end = 0
    reads = flow.reads.map { list in
      end += list.count
      return end - list.count..<end
    }
    unit = [Int?](repeating: nil, count: flow.nodes.count)
    joinRecurrences()
    joinProducts()
    joinLookups()
    for index in flow.nodes.indices.reversed()
    where flow.isNeeded[index] && unit[index] == nil && !flow.nodes[index].operation.isLeaf {
      if flow.nodes[index].operation.isElementwise {
        joinReaders(index)
      } else if isSum(index) {
        openSum(index)
      } else {
        open(index)
      }
    }
    for number in units.indices { units[number].nodes.sort() }
  }

  /// Makes a unit of a node, and returns its number.
  @discardableResult
  mutating func open(_ node: Int, grid: DataFlow.Grid? = nil) -> Int {
    unit[node] = units.count
    units.append(Unit(nodes: [node], grid: grid))
    return units.count - 1
  }

  /// Puts a node into a unit that there is already.
  mutating func join(_ node: Int, to number: Int) {
    unit[node] = number
    units[number].nodes.append(node)
  }

  // MARK: Element-wise chains

  /// Puts a node into the unit of one of its readers, so that its elements are passed on while they
  /// are in the nearest cache; or opens a unit for it.
  private mutating func joinReaders(_ node: Int) {
    let count = flow.nodes[node].shape.count
    let grid = flow.accesses[node]?.lazy.compactMap(\.grid).first
    let candidates = Set(flow.readers[node].compactMap { unit[$0] }).sorted()
    for candidate in candidates {
      let members = units[candidate].nodes
      let theirs = units[candidate].grid
      let readFully = flow.readers[node].allSatisfy { reader in
        unit[reader] != candidate
          || flow.accesses[reader]?.allSatisfy { $0.source != node || $0 == .full(node) } ?? false
      }
      guard flow.nodes[members[0]].operation.isElementwise, readFully,
        flow.nodes[members[0]].shape.count == count, members.count < Self.nodeLimit,
        grid == nil || theirs == nil || grid == theirs
      else { continue }
      // If the unit waits for another reader of the node, it cannot compute the node itself.
      let waits = candidates.contains { other in
        other != candidate && depends(candidate, on: other, for: node)
      }
      if waits { continue }
      unit[node] = candidate
      units[candidate].nodes.append(node)
      units[candidate].grid = theirs ?? grid
      return
    }
    open(node, grid: grid)
  }

  /// Whether a unit needs, by whatever way, a result of another one, as far as the way is short;
  /// else it counts as needing it.
  ///
  /// Both read the node `later`, so no way leads over earlier nodes: those have no unit yet, or are
  /// part of a product that stands before it.
  private mutating func depends(_ user: Int, on maker: Int, for later: Int) -> Bool {
    searches += 1
    if seen.count < units.count {
      seen += [Int](repeating: 0, count: units.count - seen.count)
    }
    seen[user] = searches
    var waiting = [user]
    var place = 0
    while place < waiting.count {
      if place > Self.longestWay { return true }
      for node in units[waiting[place]].nodes {
        for place in reads[node] where sources[place] > later {
          // What has no unit is a leaf and needs nothing.
          guard let other = unit[sources[place]] else { continue }
          if other == maker { return true }
          if seen[other] != searches {
            seen[other] = searches
            waiting.append(other)
          }
        }
      }
      place += 1
    }
    return false
  }

  /// Whether a node sums, over all axes but the last, what an element-wise operation makes for it
  /// alone: the sums are then taken while the elements are in the nearest cache, and none of them is
  /// written to memory.
  func isSum(_ node: Int) -> Bool {
    guard case .reduce(.sum, let axes) = flow.nodes[node].operation else { return false }
    let source = flow.reads[node][0]
    let shape = flow.nodes[source].shape
    guard flow.nodes[source].operation.isElementwise, onlyReader(source) == node,
      axes == Array(0..<shape.rank - 1), shape[-1] > 1, shape.count >= Self.leastSummed
    else { return false }
    let grid = flow.accesses[source]?.lazy.compactMap(\.grid).first
    return grid == nil || grid == columnGrid(of: source)
  }

  /// Elements that are worth it: fewer stay in a near cache on the way to a sum.
  private static let leastSummed = 16_384

  private func columnGrid(of node: Int) -> DataFlow.Grid {
    let shape = flow.nodes[node].shape
    return DataFlow.Grid(rows: shape.count / max(1, shape[-1]), columns: shape[-1])
  }

  private mutating func openSum(_ node: Int) {
    let source = flow.reads[node][0]
    open(source, grid: columnGrid(of: source))
    unit[node] = unit[source]
    units[units.count - 1].nodes.append(node)
  }

  // MARK: Products

  /// Lets matrix products and convolutions take in the addition of a bias and a ReLU.
  private mutating func joinProducts() {
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      guard unit[index] == nil, takesBias(node) else { continue }
      open(index)
      guard node.shape[-1] > 1, let number = unit[index],
        let sum = onlyReader(index), bias(of: sum, addedTo: index) != nil
      else { continue }
      join(sum, to: number)
      guard let result = onlyReader(sum), case .unary(.relu) = flow.nodes[result].operation else {
        continue
      }
      join(result, to: number)
    }
  }

  /// A batch of products leaves the bias to others, and so do the gradients of a convolution.
  private func takesBias(_ node: Node) -> Bool {
    switch node.operation {
    case .matrixProduct: node.shape.rank == 2
    case .convolution(.output, _, _): true
    default: false
    }
  }

  private func onlyReader(_ node: Int) -> Int? {
    flow.wanted.contains(node) || flow.readers[node].count != 1 ? nil : flow.readers[node][0]
  }

  /// The node that is added to every row of a product, or every place of a convolution.
  func bias(of sum: Int, addedTo product: Int) -> Int? {
    guard case .binary(.add) = flow.nodes[sum].operation, let accesses = flow.accesses[sum],
      accesses.contains(.full(product))
    else { return nil }
    let grid = columnGrid(of: product)
    for access in accesses {
      // Made before the product, so it cannot depend on it.
      if case .row(let source, grid) = access, source < product { return source }
    }
    return nil
  }

  // MARK: Lookups

  /// Lets rows that are looked up only to be summed up go straight into their sums.
  private mutating func joinLookups() {
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      guard node.operation == .gather, let sum = onlyReader(index),
        case .reduce(.sum, let axes) = flow.nodes[sum].operation,
        flow.program.graph.shape(flow.nodes[sum].operands[0]) == node.shape
      else { continue }
      // The last axes before the row itself, those of extent 1 aside.
      let isSummed = node.shape.extents.indices.dropLast().filter { node.shape.extents[$0] != 1 }
        .map(axes.contains)
      guard !axes.contains(node.shape.rank - 1), let first = isSummed.firstIndex(of: true),
        isSummed[first...].allSatisfy(\.self)
      else { continue }
      open(index)
      unit[sum] = unit[index]
      units[units.count - 1].nodes.append(sum)
    }
  }

  // MARK: Order

  /// The units in an order in which they can be computed, as near to the program's as possible.
  func schedule() -> [Int] {
    var sources = units.map { unit in
      Set(unit.nodes.flatMap { flow.reads[$0] }.compactMap { self.unit[$0] })
    }
    var users = [[Int]](repeating: [], count: units.count)
    for number in units.indices {
      sources[number].remove(number)
      for source in sources[number] { users[source].append(number) }
    }
    var missing = sources.map(\.count)
    func key(_ number: Int) -> Int { units[number].nodes.last ?? 0 }
    var ready = units.indices.filter { missing[$0] == 0 }.sorted { key($0) > key($1) }
    var order: [Int] = []
    while let number = ready.popLast() {
      order.append(number)
      for user in users[number] {
        missing[user] -= 1
        guard missing[user] == 0 else { continue }
        // Kept in descending order.
        var (low, high) = (0, ready.count)
        while low < high {
          let middle = (low + high) / 2
          if key(ready[middle]) < key(user) { high = middle } else { low = middle + 1 }
        }
        ready.insert(user, at: low)
      }
    }
    precondition(order.count == units.count, "fused units wait for each other")
    return order
  }
}
