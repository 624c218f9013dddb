import CKernels
import Graphs
import Tensors

// Operations with windows, and lookups, as instructions.
extension Plan {
  /// Appends a convolution, with the bias and the ReLU that its unit may hold.
  func appendConvolution(_ unit: Fusion.Unit, bias: Int?) {
    let node = flow.nodes[unit.nodes[0]]
    guard case .convolution(let form, let window, let groups) = node.operation,
      let last = unit.nodes.last
    else { preconditionFailure("\(node.operation) is not a convolution") }
    let (first, second) = (operand(node, 0), operand(node, 1))
    let result = (place: place(last), shape: node.shape)
    let (kind, input, kernel, output) =
      switch form {
      case .output: (DH_OUTPUT_FORM, first, second, result)
      case .input: (DH_INPUT_FORM, result, second, first)
      case .kernel: (DH_KERNEL_FORM, first, result, second)
      }
    let isRelu = unit.nodes.count > 2
    list.append(
      dh_convolution(
        input: input.place.forKernels, kernel: kernel.place.forKernels,
        output: output.place.forKernels,
        bias: bias.map { place($0).forKernels } ?? dh_place(),
        window: windowShape(window, from: input.shape, to: output.shape),
        form: Int64(kind.rawValue), batch: Int64(input.shape[0]), groups: Int64(groups),
        in_channels: Int64(input.shape[-1]), out_channels: Int64(output.shape[-1]),
        has_bias: bias == nil ? 0 : 1,
        activation: Int64((isRelu ? DH_ACTIVATION_RELU : DH_LINEAR).rawValue)))
  }

  /// Appends a function of windows.
  func appendWindow(_ function: WindowFunction, _ window: Window, _ index: Int) {
    let node = flow.nodes[index]
    let source = operand(node, 0)
    let goesBack = [.spread, .place].contains(function)
    let lookedAt = flow.lookedAt(by: index)
    let kind =
      switch function {
      case .place where lookedAt != nil: DH_WINDOW_PLACE_LARGEST
      case .mean: DH_WINDOW_MEAN
      case .spread: DH_WINDOW_SPREAD
      case .maximum: DH_WINDOW_MAXIMUM
      case .position: DH_WINDOW_POSITION
      case .pick: DH_WINDOW_PICK
      case .place: DH_WINDOW_PLACE
      }
    list.append(
      dh_window(
        source: source.place.forKernels,
        positions: (lookedAt.map { place($0) } ?? operand(node, node.operands.count - 1).place)
          .forKernels,
        result: place(index).forKernels,
        window: goesBack
          ? windowShape(window, from: node.shape, to: source.shape)
          : windowShape(window, from: source.shape, to: node.shape),
        function: Int64(kind.rawValue), batch: Int64(node.shape[0]),
        channels: Int64(node.shape[-1])))
  }

  /// Appends the reading of rows by their numbers, with the sums of neighbours that its unit may hold,
  /// or the adding to them.
  func appendLookup(_ unit: Fusion.Unit) {
    let node = flow.nodes[unit.nodes[0]]
    let last = unit.nodes.last ?? unit.nodes[0]
    let (source, numbers) = (operand(node, 0), operand(node, 1))
    let isScatter = node.operation == .scatterAdd
    let table = isScatter ? node.shape : source.shape
    list.append(
      dh_lookup(
        source: source.place.forKernels, numbers: numbers.place.forKernels,
        result: place(last).forKernels, is_scatter: isScatter ? 1 : 0,
        count: Int64(numbers.shape.count),
        summed: Int64(isScatter ? 1 : node.shape.count / max(1, flow.nodes[last].shape.count)),
        rows: Int64(table[0]), width: Int64(table[1])))
  }

  private func operand(_ node: Node, _ number: Int) -> (place: Place, shape: Shape) {
    let value = node.operands[number]
    return (place(flow.roots[value.index]), flow.program.graph.shape(value))
  }

  /// A window with leading axes of extent 1, so that there are three.
  private func windowShape(_ window: Window, from: Shape, to: Shape) -> dh_window_shape {
    func three(_ numbers: some Collection<Int>, _ neutral: Int) -> (Int64, Int64, Int64) {
      let all = [Int](repeating: neutral, count: 3 - numbers.count) + numbers
      return (Int64(all[0]), Int64(all[1]), Int64(all[2]))
    }
    return dh_window_shape(
      in: three(from.extents.dropFirst().dropLast(), 1),
      out: three(to.extents.dropFirst().dropLast(), 1), sizes: three(window.sizes, 1),
      strides: three(window.strides, 1), dilations: three(window.dilations, 1),
      low: three(window.low, 0))
  }
}

extension DataFlow {
  /// What the way back from a maximum looks at, if its positions are those of the largest elements of
  /// the same windows: they are then found on the way, and need no memory.
  func lookedAt(by index: Int) -> Int? {
    guard case .window(.place, let window) = nodes[index].operation else { return nil }
    let positions = nodes[roots[nodes[index].operands[1].index]]
    guard case .window(.position, window) = positions.operation else { return nil }
    return roots[positions.operands[0].index]
  }
}
