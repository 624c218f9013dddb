import Graphs
import Tensors

// What is computed together with the steps of a long short-term memory: the projection of its inputs,
// and on the way back the gradients of its kernels and its bias.
extension Fusion {
  /// Numbers in both kernels of a memory whose inputs are projected, and whose kernels' gradients are
  /// summed up, within its steps: 512 KiB. Both are read once a step, so they must stay in the second
  /// cache.
  private static let largestKernels = 1 << 17

  /// The product, and the addition of a bias, from which the steps of a memory start.
  struct Projection {
    var product: Int
    var sum: Int?
  }

  /// The nodes that follow from what flows back to the steps of a memory.
  struct MemoryGradients {
    /// The flow without what stands before the first step.
    var flow: Int
    var kernel: Int
    var inputKernel: Int?
    var bias: Int?
    var nodes: [Int] { [flow, kernel] + [inputKernel, bias].compactMap(\.self) }
  }

  /// Lets the states of a memory, what is kept for the way back and the projection of the inputs come
  /// from one instruction, and so the gradients.
  mutating func joinMemories() {
    var known: [[Value]: Int] = [:]
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      switch node.operation {
      case .lstm(.states), .lstm(.gates):
        if let number = known[node.operands] {
          join(index, to: number)
        } else {
          let number = open(index)
          known[node.operands] = number
          guard let found = projection(for: index) else { continue }
          for part in [found.product, found.sum].compactMap(\.self) { join(part, to: number) }
        }
      case .lstm(.gradient):
        let number = open(index)
        for part in gradients(from: index)?.nodes ?? [] { join(part, to: number) }
      default: continue
      }
    }
  }

  /// How the inputs of a memory are projected if nothing else needs the result.
  func projection(for memory: Int) -> Projection? {
    let node = flow.nodes[memory]
    let projected = flow.roots[node.operands[0].index]
    let isOnlyRead = flow.readers[projected].allSatisfy { reader in
      switch flow.nodes[reader].operation {
      case .lstm(.states), .lstm(.gates): flow.nodes[reader].operands == node.operands
      default: false
      }
    }
    guard isOnlyRead, !flow.wanted.contains(projected) else { return nil }
    if isProjection(projected, for: memory) { return Projection(product: projected) }
    for case .full(let product) in flow.accesses[projected] ?? []
    where isProjection(product, for: memory) && bias(of: projected, addedTo: product) != nil
      && flow.readers[product] == [projected] && !flow.wanted.contains(product)
    {
      return Projection(product: product, sum: projected)
    }
    return nil
  }

  private func isProjection(_ product: Int, for memory: Int) -> Bool {
    let node = flow.nodes[product]
    guard node.operation == .matrixProduct(transposeLeft: false, transposeRight: false),
      node.shape.rank == 2
    else { return false }
    return isSmall(inputs: shape(node.operands[1])[0], kernel: flow.nodes[memory].operands[1])
  }

  private func isSmall(inputs: Int, kernel: Value) -> Bool {
    let extents = shape(kernel).extents
    return inputs > 0 && (inputs + extents[0]) * extents[1] <= Self.largestKernels
  }

  /// The gradients of kernels and bias that follow from what flows back through a memory.
  func gradients(from memory: Int) -> MemoryGradients? {
    let node = flow.nodes[memory]
    let extents = node.shape.extents
    let slices = flow.readers[memory].filter {
      flow.nodes[$0].operation == .slice(starts: [1, 0, 0], strides: [1, 1, 1])
        && flow.nodes[$0].shape.extents == [extents[0] - 1, extents[1], extents[2]]
    }
    guard slices.count == 1, !flow.wanted.contains(memory), !flow.wanted.contains(slices[0]),
      isSmall(inputs: 1, kernel: node.operands[3])
    else { return nil }
    let products = flow.readers[slices[0]].filter { isKernelGradient($0, from: slices[0]) }
    func left(_ product: Int) -> Int { flow.roots[flow.nodes[product].operands[0].index] }
    guard let kernel = products.first(where: { isOutputsBefore(left($0), in: memory) }) else {
      return nil
    }
    let inputKernel = products.first { product in
      product != kernel && left(product) < memory
        && isSmall(inputs: flow.nodes[product].shape[0], kernel: node.operands[3])
    }
    let bias = flow.readers[slices[0]].first { isSumOfRows($0, width: extents[2]) }
    return MemoryGradients(flow: slices[0], kernel: kernel, inputKernel: inputKernel, bias: bias)
  }

  private func isKernelGradient(_ product: Int, from flowing: Int) -> Bool {
    let node = flow.nodes[product]
    return node.operation == .matrixProduct(transposeLeft: true, transposeRight: false)
      && node.shape.rank == 2 && node.shape[1] == flow.nodes[flowing].shape[2]
      && flow.roots[node.operands[1].index] == flowing
      && flow.roots[node.operands[0].index] != flowing
  }

  /// Whether a node is the outputs before each step.
  private func isOutputsBefore(_ index: Int, in memory: Int) -> Bool {
    let node = flow.nodes[index]
    let states = flow.nodes[memory].operands[1]
    let extents = shape(states).extents
    return node.operation == .slice(starts: [0, 0, 0, 0], strides: [1, 1, 1, 1])
      && flow.roots[node.operands[0].index] == flow.roots[states.index]
      && shape(node.operands[0]) == shape(states)
      && node.shape.extents == [1, extents[1] - 1, extents[2], extents[3]]
  }

  private func isSumOfRows(_ index: Int, width: Int) -> Bool {
    guard case .reduce(.sum, let axes) = flow.nodes[index].operation else { return false }
    let source = shape(flow.nodes[index].operands[0])
    return source[-1] == width && axes.sorted() == Array(0..<source.rank - 1)
  }

  private func shape(_ value: Value) -> Shape { flow.program.graph.shape(value) }
}
