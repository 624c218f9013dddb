import Graphs

/// Arithmetic, element by element.
enum ArithmeticOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "Absolute": unary(.absolute), "Abs": unary(.absolute), "Cos": unary(.cosine),
    "Erf": unary(.errorFunction), "Exp": unary(.exponential), "Expm1": unary(.exponentialMinusOne),
    "Floor": unary(.floor), "Identity": { [try $0.operand(0, "x")] }, "Log": unary(.logarithm),
    "Log1p": unary(.logarithmOnePlus), "Negative": unary(.negate),
    "Reciprocal": unary(.reciprocal), "Rsqrt": unary(.reciprocalSquareRoot), "Round": unary(.round),
    "Sign": unary(.sign), "Sin": unary(.sine), "Sqrt": unary(.squareRoot),
    "Square": unary(.square), "StopGradient": stopGradient, "Ceil": ceil,
    "Add": binary(.add), "Divide": binary(.divide), "Maximum": binary(.maximum),
    "Minimum": binary(.minimum), "Multiply": binary(.multiply), "Power": binary(.power),
    "Subtract": binary(.subtract), "TrueDivide": binary(.divide),
    "FloorDivide": floorDivide, "Mod": mod, "Clip": clip,
    "SquaredDifference": squaredDifference,
  ]

  private static func unary(_ function: UnaryOperation) -> OperationCatalogue.Builder {
    { call in
      let x = try call.operand(0, "x")
      return [call.graph.unary(function, x)]
    }
  }

  private static func binary(_ function: BinaryOperation) -> OperationCatalogue.Builder {
    { call in
      let (a, b) = try call.pair()
      return [call.graph.binary(function, a, b)]
    }
  }

  private static let stopGradient: OperationCatalogue.Builder = { call in
    let x = try call.operand(0, "variable")
    return [call.graph.stopGradient(x)]
  }

  private static let ceil: OperationCatalogue.Builder = { call in
    let x = try call.operand(0, "x")
    let down = call.graph.unary(.floor, call.graph.unary(.negate, x))
    return [call.graph.unary(.negate, down)]
  }

  private static let floorDivide: OperationCatalogue.Builder = { call in
    let (a, b) = try call.pair()
    return [call.graph.unary(.floor, call.graph.divide(a, b))]
  }

  private static let mod: OperationCatalogue.Builder = { call in
    // a − ⌊a / b⌋ · b has the sign of b, as Python's %.
    let (a, b) = try call.pair()
    let whole = call.graph.unary(.floor, call.graph.divide(a, b))
    return [call.graph.subtract(a, call.graph.multiply(whole, b))]
  }

  private static let clip: OperationCatalogue.Builder = { call in
    var x = try call.operand(0, "x")
    if let low = try call.double("x_min", position: 1) { x = call.graph.maximum(x, low) }
    if let high = try call.double("x_max", position: 2) { x = call.graph.minimum(x, high) }
    return [x]
  }

  private static let squaredDifference: OperationCatalogue.Builder = { call in
    let (a, b) = try call.pair()
    return [call.graph.unary(.square, call.graph.subtract(a, b))]
  }
}
