import CKernels
import Graphs
import Tensors

// Everything but element-wise units as instructions.
extension Plan {
  /// Appends a matrix product, with the bias and the ReLU that its unit may hold.
  func appendProduct(_ unit: Fusion.Unit, bias: Int?) {
    let node = flow.nodes[unit.nodes[0]]
    guard case .matrixProduct(let transposeLeft, let transposeRight) = node.operation,
      let last = unit.nodes.last
    else { preconditionFailure("\(node.operation) is not a matrix product") }
    let left = flow.program.graph.shape(node.operands[0])
    let rank = node.shape.rank
    let isRelu = unit.nodes.count > 2
    list.append(
      dh_matrix_product(
        left: place(flow.roots[node.operands[0].index]).forKernels,
        right: place(flow.roots[node.operands[1].index]).forKernels, result: place(last).forKernels,
        bias: bias.map { place($0).forKernels } ?? dh_place(),
        batch: Int64(node.shape.extents.dropLast(2).reduce(1, *)),
        rows: Int64(node.shape.extents[rank - 2]), inner: Int64(left[transposeLeft ? -2 : -1]),
        columns: Int64(node.shape.extents[rank - 1]), transpose_left: transposeLeft ? 1 : 0,
        transpose_right: transposeRight ? 1 : 0, has_bias: bias == nil ? 0 : 1,
        activation: Int64((isRelu ? DH_ACTIVATION_RELU : DH_LINEAR).rawValue)))
  }

  /// Appends what computes a node that is a unit of its own.
  func appendSingle(_ index: Int) {
    let node = flow.nodes[index]
    let result = place(index)
    func source(_ operand: Int) -> Place { place(flow.roots[node.operands[operand].index]) }
    func shape(_ operand: Int) -> Shape { flow.program.graph.shape(node.operands[operand]) }
    let strides = node.shape.strides

    switch node.operation {
    case .random(let distribution, let stream):
      let kind =
        switch distribution {
        case .uniform: DH_UNIFORM
        case .normal: DH_NORMAL
        }
      let numbers = RandomNumbers(seed: 0, purpose: .graph, stream: stream)
      list.append(
        dh_random(
          result: result.forKernels, count: Int64(node.shape.count),
          distribution: Int64(kind.rawValue),
          stream: Int64(numbers.streamWord)))
    case .broadcast:
      let steps = zip(shape(0).extents, shape(0).strides).map { $0 == 1 ? 0 : $1 }
      appendMove(node.shape.extents, from: source(0), steps, to: result, strides)
    case .transpose(let permutation):
      let steps = permutation.map { shape(0).strides[$0] }
      appendMove(node.shape.extents, from: source(0), steps, to: result, strides)
    case .slice(let starts, let taken):
      let from = shape(0).strides
      appendMove(
        node.shape.extents, from: source(0) + zip(starts, from).map(*).reduce(0, +),
        zip(from, taken).map(*), to: result, strides)
    case .pad(let low, _, let interior):
      appendFill(0, to: result, count: node.shape.count)
      appendMove(
        shape(0).extents, from: source(0), shape(0).strides,
        to: result + zip(low, strides).map(*).reduce(0, +),
        zip(strides, interior).map { $0 * ($1 + 1) })
    case .concatenate(let axis):
      var next = 0
      for operand in node.operands.indices {
        appendMove(
          shape(operand).extents, from: source(operand), shape(operand).strides,
          to: result + next * strides[axis], strides)
        next += shape(operand).extents[axis]
      }
    case .reverse(let axes):
      let lengths = zip(node.shape.extents, strides)
      let steps = strides.enumerated().map { axes.contains($0) ? -$1 : $1 }
      let end = lengths.enumerated().map { axes.contains($0) ? ($1.0 - 1) * $1.1 : 0 }.reduce(0, +)
      appendMove(node.shape.extents, from: source(0) + end, steps, to: result, strides)
    case .window(let function, let window):
      appendWindow(function, window, index)
    case .reduce(let reduction, let axes):
      let kind =
        switch reduction {
        case .sum: DH_SUM
        case .maximum: DH_LARGEST
        }
      appendReduce(kind, source(0), shape(0), axes, to: result)
    case .argMax(let axis):
      appendReduce(DH_POSITION_OF_LARGEST, source(0), shape(0), [axis], to: result)
    case .oneHot(let classes):
      list.append(
        dh_one_hot(
          source: source(0).forKernels, result: result.forKernels, count: Int64(shape(0).count),
          classes: Int64(classes)))
    default:
      preconditionFailure("\(node.operation) cannot stand alone")
    }
  }

  /// Simplification has seen to it that the axes are neighbours, apart from those of extent 1.
  private func appendReduce(
    _ kind: dh_reduction, _ source: Place, _ shape: Shape, _ axes: [Int], to result: Place
  ) {
    let long = axes.filter { shape.extents[$0] != 1 }
    let first = long.first ?? 0
    let last = long.last ?? -1
    list.append(
      dh_reduce(
        source: source.forKernels, result: result.forKernels, reduction: Int64(kind.rawValue),
        outer: Int64(shape.extents[..<first].reduce(1, *)),
        middle: Int64(long.map { shape.extents[$0] }.reduce(1, *)),
        inner: Int64(shape.extents[(last + 1)...].reduce(1, *))))
  }

  /// Appends a copy between strides, with axes that lie alike on both sides taken together.
  private func appendMove(
    _ extents: [Int], from source: Place, _ sourceStrides: [Int], to result: Place,
    _ resultStrides: [Int]
  ) {
    if extents.contains(0) { return }
    var axes: [(extent: Int, from: Int, to: Int)] = []
    for (axis, extent) in extents.enumerated() where extent != 1 {
      let (from, to) = (sourceStrides[axis], resultStrides[axis])
      if let outer = axes.last, outer.from == from * extent, outer.to == to * extent {
        axes[axes.count - 1] = (outer.extent * extent, from, to)
      } else {
        axes.append((extent, from, to))
      }
    }
    if axes.isEmpty { axes = [(1, 1, 1)] }
    list.append(
      dh_move(
        source: source.forKernels, result: result.forKernels, rank: Int64(axes.count),
        extents: list.keep(axes.map { Int64($0.extent) }),
        source_strides: list.keep(axes.map { Int64($0.from) }),
        result_strides: list.keep(axes.map { Int64($0.to) })))
  }
}
