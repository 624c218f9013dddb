import Graphs

// Formulas that several activations share.
extension Graph {
  /// x where x > 0, else alpha · (eˣ − 1). The exponential never sees a positive argument, so that
  /// the branch not taken cannot overflow and make its derivative NaN.
  mutating func exponentialLinear(_ x: Value, alpha: Double) -> Value {
    let active = isGreater(x, 0)
    let below = select(active, constant(0), x)
    return select(active, x, scale(unary(.exponentialMinusOne, below), by: alpha))
  }

  /// relu6(x + 3) / 6
  mutating func hardSigmoid(_ x: Value) -> Value {
    scale(minimum(unary(.relu, add(x, 3)), 6), by: 1 / 6)
  }
}
