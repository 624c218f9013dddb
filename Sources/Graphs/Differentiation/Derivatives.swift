import Tensors

// The table of derivatives. Every rule takes g, the gradient of the loss with respect to the result
// y of an operation, and gives the gradient with respect to each operand: g · ∂y/∂x. `nil` stands
// for "no gradient flows here". At corners (ties, |x| at 0) the rules agree with JAX.
extension Graph {
  /// The gradients of a node's operands from the gradient of its result.
  mutating func pullBack(_ g: Value, through node: Node, result y: Value) -> [Value?] {
    let x = node.operands
    switch node.operation {
    case .input, .parameter, .constant, .random, .stopGradient, .oneHot, .argMax:
      return [Value?](repeating: nil, count: x.count)
    case .unary(let function):
      return [derivative(of: function, at: x[0], result: y, g)]
    case .binary(let function):
      let (left, right) = derivatives(of: function, at: x[0], x[1], result: y, g)
      return [left, right]
    case .select:
      let zero = constant(0)
      return [nil, select(x[0], g, zero), select(x[0], zero, g)]
    case .matrixProduct(let transposeLeft, let transposeRight):
      // C = A·B gives ∂A = g·Bᵀ and ∂B = Aᵀ·g; an operand stored transposed takes the transpose.
      let left =
        transposeLeft
        ? matrixProduct(x[1], g, transposeLeft: transposeRight, transposeRight: true)
        : matrixProduct(g, x[1], transposeRight: !transposeRight)
      let right =
        transposeRight
        ? matrixProduct(g, x[0], transposeLeft: true, transposeRight: transposeLeft)
        : matrixProduct(x[0], g, transposeLeft: !transposeLeft)
      return [left, right]
    case .convolution(let form, let window, let groups):
      return convolutionGradients(g, of: x, form, window, groups: groups)
    case .recurrence(let recurrence, let form):
      return recurrenceGradients(g, of: x, recurrence, form, result: y)
    case .window(let function, let window):
      return [windowGradient(g, of: x, function, window)] + x.dropFirst().map { _ in nil }
    case .gather:
      return [scatterAdd(g, at: x[1], rows: shape(x[0])[0]), nil]
    case .scatterAdd:
      return [gather(g, at: x[1]), nil]
    case .broadcast, .reshape, .transpose, .slice, .pad, .concatenate, .reverse, .reduce:
      return rearranged(g, through: node, result: y)
    }
  }

  /// g · y′(x) for the functions of one number.
  private mutating func derivative(
    of function: UnaryOperation, at x: Value, result y: Value, _ g: Value
  ) -> Value? {
    switch function {
    case .negate: return unary(.negate, g)
    case .absolute: return multiply(g, unary(.sign, x))
    case .square: return multiply(g, scale(x, by: 2))
    case .squareRoot: return divide(g, scale(y, by: 2))
    case .reciprocalSquareRoot: return multiply(g, scale(divide(y, x), by: -0.5))
    case .reciprocal: return unary(.negate, multiply(g, unary(.square, y)))
    case .exponential: return multiply(g, y)
    case .logarithm: return divide(g, x)
    case .logarithmOnePlus: return divide(g, add(x, 1))
    case .exponentialMinusOne: return multiply(g, add(y, 1))
    case .sine: return multiply(g, unary(.cosine, x))
    case .cosine: return unary(.negate, multiply(g, unary(.sine, x)))
    case .hyperbolicTangent: return multiply(g, subtract(constant(1), unary(.square, y)))
    case .sigmoid: return multiply(g, multiply(y, subtract(constant(1), y)))
    case .softplus: return multiply(g, unary(.sigmoid, x))
    case .errorFunction:
      let bell = unary(.exponential, unary(.negate, unary(.square, x)))
      return multiply(g, scale(bell, by: twoOverRootPi))
    case .relu: return select(binary(.greater, y, constant(0)), g, constant(0))
    case .sign, .floor, .round, .isNotFinite: return nil
    }
  }

  /// g · ∂y/∂a and g · ∂y/∂b for the functions of two numbers.
  private mutating func derivatives(
    of function: BinaryOperation, at a: Value, _ b: Value, result y: Value, _ g: Value
  ) -> (Value?, Value?) {
    switch function {
    case .add: return (g, g)
    case .subtract: return (g, unary(.negate, g))
    case .multiply: return (multiply(g, b), multiply(g, a))
    case .divide:
      let left = divide(g, b)
      return (left, unary(.negate, multiply(left, y)))
    case .power:
      // b·a^(b−1), where b = 0 must give 0 even at a = 0; and ln(a)·a^b, where a = 0 gives 0.
      let isConstant = binary(.equal, b, constant(0))
      let lowered = select(isConstant, constant(1), add(b, -1))
      let slope = select(isConstant, constant(0), multiply(b, binary(.power, a, lowered)))
      let base = select(binary(.equal, a, constant(0)), constant(1), a)
      return (multiply(g, slope), multiply(g, multiply(unary(.logarithm, base), y)))
    case .maximum: return (multiply(g, wins(a, b)), multiply(g, wins(b, a)))
    case .minimum: return (multiply(g, wins(b, a)), multiply(g, wins(a, b)))
    case .equal, .greater, .greaterOrEqual: return (nil, nil)
    }
  }

  /// 1 where a > b, ½ where they tie, else 0.
  private mutating func wins(_ a: Value, _ b: Value) -> Value {
    add(binary(.greater, a, b), scale(binary(.equal, a, b), by: 0.5))
  }

  /// The gradients through operations that move elements or sum them up: each goes the way back.
  private mutating func rearranged(_ g: Value, through node: Node, result y: Value) -> [Value?] {
    let x = node.operands
    let source = shape(x[0])
    switch node.operation {
    case .broadcast:
      let repeated = (0..<source.rank).filter { source.extents[$0] != node.shape.extents[$0] }
      return [reshape(sum(g, axes: repeated), to: source)]
    case .reshape:
      return [reshape(g, to: source)]
    case .transpose(let permutation):
      let inverse = permutation.indices.sorted { permutation[$0] < permutation[$1] }
      return [transpose(g, inverse)]
    case .slice(let starts, let strides):
      let gaps = strides.map { $0 - 1 }
      let high = source.extents.indices.map { axis -> Int in
        let taken = node.shape.extents[axis]
        let span = taken == 0 ? 0 : (taken - 1) * strides[axis] + 1
        return source.extents[axis] - starts[axis] - span
      }
      return [pad(g, low: starts, high: high, interior: gaps)]
    case .pad(let low, _, let interior):
      return [slice(g, starts: low, sizes: source.extents, strides: interior.map { $0 + 1 })]
    case .concatenate(let axis):
      var next = 0
      return x.map { part in
        let extents = shape(part).extents
        var starts = [Int](repeating: 0, count: extents.count)
        starts[axis] = next
        next += extents[axis]
        return slice(g, starts: starts, sizes: extents)
      }
    case .reverse(let axes):
      return [reversed(g, axes: axes)]
    case .reduce(.sum, let axes):
      return [spread(g, over: axes, of: source)]
    case .reduce(.maximum, let axes):
      // Equal largest elements share the gradient.
      let isLargest = binary(.equal, x[0], spread(y, over: axes, of: source))
      let share = divide(isLargest, sum(isLargest, axes: axes, keepAxes: true))
      return [multiply(spread(g, over: axes, of: source), share)]
    default:
      preconditionFailure("\(node.operation) does not move elements")
    }
  }

  /// A reduced value repeated along the axes that the reduction took away.
  private mutating func spread(_ value: Value, over axes: [Int], of source: Shape) -> Value {
    let kept = source.extents.indices.map { axes.contains($0) ? 1 : source.extents[$0] }
    return broadcast(reshape(value, to: Shape(kept)), to: source)
  }
}

/// The slope of the error function at 0: 2/√π.
private let twoOverRootPi = 1.1283791670955126
