import Tensors

/// What flows back to one value from its parts and from its products, held together until all of it
/// has come, so that it is put together once.
///
/// The parts of a sequence are the reason: added one by one, each padded to the whole, their gradients
/// would cost the square of the number of steps; and the gradient of a matrix that is applied at every
/// step would be a sum of as many matrices.
struct SharedGradients {
  /// A part of the value from `starts` on, and the gradient of that part.
  struct Part {
    let starts: [Int]
    let gradient: Value
  }

  private var parts: [Int: [Part]] = [:]
  private var products: [Int: [(left: Value, gradient: Value)]] = [:]

  /// Takes what flows back through an operation, if it is one of those.
  ///
  /// - Returns: For each operand whether it was taken.
  mutating func take(_ g: Value, through node: Node, in graph: Graph) -> [Bool] {
    switch node.operation {
    case .slice(let starts, let strides) where strides.allSatisfy({ $0 == 1 }):
      parts[node.operands[0].index, default: []].append(Part(starts: starts, gradient: g))
      return [true]
    case .matrixProduct(transposeLeft: false, transposeRight: false)
    where node.shape.rank == 2 && node.operands[0] != node.operands[1]:
      products[node.operands[1].index, default: []].append((node.operands[0], g))
      return [false, true]
    default:
      return [Bool](repeating: false, count: node.operands.count)
    }
  }

  /// What has come for a value.
  mutating func collect(for index: Int, in graph: inout Graph) -> [Value] {
    var found: [Value] = []
    if let parts = parts.removeValue(forKey: index) {
      found += joined(parts, to: graph.nodes[index].shape, in: &graph)
    }
    if let products = products.removeValue(forKey: index) {
      // Σ AᵗᵀGᵗ is one product of all Aᵗ, one above the other, with all Gᵗ.
      let lefts = products.reversed().map(\.left)
      let gradients = products.reversed().map(\.gradient)
      found.append(
        graph.matrixProduct(
          graph.concatenate(Array(lefts), axis: 0), graph.concatenate(Array(gradients), axis: 0),
          transposeLeft: true))
    }
    return found
  }

  /// Parts side by side along one axis are joined; whatever else there is is padded.
  private func joined(_ parts: [Part], to shape: Shape, in graph: inout Graph) -> [Value] {
    let axis = (0..<shape.rank).first { axis in
      parts.allSatisfy { part in
        let extents = graph.shape(part.gradient).extents
        return (0..<shape.rank).allSatisfy { $0 == axis || extents[$0] == shape.extents[$0] }
      }
    }
    guard parts.count > 1, let axis else { return parts.map { padded($0, to: shape, in: &graph) } }
    var row: [Value] = []
    var rest: [Value] = []
    var end = 0
    func gap(upTo start: Int) {
      guard start > end else { return }
      var extents = shape.extents
      extents[axis] = start - end
      row.append(graph.constant(0, shape: Shape(extents)))
    }
    for part in parts.sorted(by: { $0.starts[axis] < $1.starts[axis] }) {
      guard part.starts[axis] >= end else {
        rest.append(padded(part, to: shape, in: &graph))
        continue
      }
      gap(upTo: part.starts[axis])
      row.append(part.gradient)
      end = part.starts[axis] + graph.shape(part.gradient).extents[axis]
    }
    gap(upTo: shape.extents[axis])
    return [graph.concatenate(row, axis: axis)] + rest
  }

  private func padded(_ part: Part, to shape: Shape, in graph: inout Graph) -> Value {
    let extents = graph.shape(part.gradient).extents
    let high = extents.indices.map { shape.extents[$0] - part.starts[$0] - extents[$0] }
    return graph.pad(part.gradient, low: part.starts, high: high)
  }
}
