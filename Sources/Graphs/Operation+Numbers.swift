import Foundation

// The functions of numbers by their definitions: what simplification folds constants with, and what
// every backend is measured by.

extension UnaryOperation {
  /// The function's value in double precision.
  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .absolute: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .reciprocalSquareRoot: 1 / x.squareRoot()
    case .reciprocal: 1 / x
    case .exponential: exp(x)
    case .logarithm: log(x)
    case .logarithmOnePlus: log1p(x)
    case .exponentialMinusOne: expm1(x)
    case .sine: sin(x)
    case .cosine: cos(x)
    case .hyperbolicTangent: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    // max(x, 0) + ln(1 + e^−|x|): the plain ln(1 + eˣ) overflows where x is large.
    case .softplus: x.isNaN ? x : max(x, 0) + log1p(exp(-abs(x)))
    case .errorFunction: erf(x)
    case .relu: x.isNaN ? x : max(x, 0)
    case .floor: x.rounded(.down)
    case .round: x.rounded(.toNearestOrEven)
    case .isNotFinite: x.isFinite ? 0 : 1
    }
  }
}

extension BinaryOperation {
  /// The function's value in double precision.
  package func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    case .maximum: a.isNaN || b.isNaN ? .nan : max(a, b)
    case .minimum: a.isNaN || b.isNaN ? .nan : min(a, b)
    case .equal: a == b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    }
  }
}
