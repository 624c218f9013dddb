import CKernels
import Graphs

// What the kernels call the element-wise operations.
extension Operation {
  /// The kernels' name of an element-wise operation.
  var tileOperation: UInt8 {
    let found =
      switch self {
      case .unary(let function): function.tileOperation
      case .binary(let function): function.tileOperation
      case .select: DH_SELECT
      default: preconditionFailure("\(self) is not element-wise")
      }
    return UInt8(found.rawValue)
  }
}

extension UnaryOperation {
  fileprivate var tileOperation: dh_operation {
    switch self {
    case .negate: DH_NEGATE
    case .absolute: DH_ABSOLUTE
    case .sign: DH_SIGN
    case .square: DH_SQUARE
    case .squareRoot: DH_SQUARE_ROOT
    case .reciprocalSquareRoot: DH_RECIPROCAL_SQUARE_ROOT
    case .reciprocal: DH_RECIPROCAL
    case .exponential: DH_EXPONENTIAL
    case .logarithm: DH_LOGARITHM
    case .logarithmOnePlus: DH_LOGARITHM_ONE_PLUS
    case .exponentialMinusOne: DH_EXPONENTIAL_MINUS_ONE
    case .sine: DH_SINE
    case .cosine: DH_COSINE
    case .hyperbolicTangent: DH_HYPERBOLIC_TANGENT
    case .sigmoid: DH_SIGMOID
    case .softplus: DH_SOFTPLUS
    case .errorFunction: DH_ERROR_FUNCTION
    case .relu: DH_RELU
    case .floor: DH_FLOOR
    case .round: DH_ROUND
    case .isNotFinite: DH_IS_NOT_FINITE
    }
  }
}

extension BinaryOperation {
  fileprivate var tileOperation: dh_operation {
    switch self {
    case .add: DH_ADD
    case .subtract: DH_SUBTRACT
    case .multiply: DH_MULTIPLY
    case .divide: DH_DIVIDE
    case .power: DH_POWER
    case .maximum: DH_MAXIMUM
    case .minimum: DH_MINIMUM
    case .equal: DH_EQUAL
    case .greater: DH_GREATER
    case .greaterOrEqual: DH_GREATER_OR_EQUAL
    }
  }
}
