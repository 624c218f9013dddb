import Tensors

// What a computation costs, roughly and on any machine.
extension Graph {
  /// How many multiplications the matrix products and convolutions take, where nearly all the time
  /// of a large model goes.
  public var multiplicationCount: Int {
    nodes.reduce(0) { total, node in
      let (sum, overflows) = total.addingReportingOverflow(multiplications(of: node))
      return overflows ? Int.max : sum
    }
  }

  /// How many elements all results have together, leaves and other names left out.
  public var elementCount: Int {
    nodes.reduce(0) { total, node in
      switch node.operation {
      case .input, .parameter, .constant, .reshape, .broadcast, .stopGradient: return total
      default:
        let (sum, overflows) = total.addingReportingOverflow(node.shape.count)
        return overflows ? Int.max : sum
      }
    }
  }

  private func multiplications(of node: Node) -> Int {
    switch node.operation {
    case .matrixProduct(let transposeLeft, _):
      let left = shape(node.operands[0])
      return Shape(node.shape.extents + [left[transposeLeft ? -2 : -1]]).count
    case .convolution(let form, _, _):
      // Every cell of the kernel meets every place of the output.
      let (kernel, output) =
        switch form {
        case .output: (shape(node.operands[1]), node.shape)
        case .input: (shape(node.operands[1]), shape(node.operands[0]))
        case .kernel: (node.shape, shape(node.operands[1]))
        }
      return Shape(Array(output.extents.dropLast()) + kernel.extents).count
    case .recurrence(_, .states):
      return node.operands.prefix(1).map { shape($0).count * node.shape[-1] }.reduce(0, +)
    case .recurrence(let recurrence, .gradient):
      return node.shape.count * node.shape[-1] / recurrence.gates
    case .recurrence(_, .kernelGradient):
      // Every row of every step meets every number of the kernel.
      let flow = shape(node.operands[0])
      return node.shape.count * (flow[1] - 1) * flow[2]
    default:
      return 0
    }
  }
}
