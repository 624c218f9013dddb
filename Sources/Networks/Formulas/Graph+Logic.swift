package import Graphs
import Tensors

// Truth as 1 and 0, and numbers made of it.
extension Graph {
  /// 1 where two values differ.
  package mutating func isNotEqual(_ left: Value, _ right: Value) -> Value {
    not(binary(.equal, left, right))
  }

  /// 1 where a value is not 0.
  package mutating func isTrue(_ value: Value) -> Value { isNotEqual(value, constant(0)) }

  /// 1 where one of two truths holds.
  package mutating func either(_ left: Value, _ right: Value) -> Value {
    binary(.maximum, left, right)
  }

  /// 1 where a row of a causal mask may see a column: `[rows, columns]`, 1 for column ≤ row.
  package mutating func causalMask(rows: Int, columns: Int) -> Value {
    let row = reshape(counting(rows), to: [rows, 1])
    let column = reshape(counting(columns), to: [1, columns])
    return binary(.greaterOrEqual, row, column)
  }

  /// A value in another of Keras' types: whole numbers lose their fraction, truth is 1 or 0.
  package mutating func cast(_ value: Value, to type: String) -> Value {
    if type == "bool" { return isTrue(value) }
    return type.contains("int") ? truncated(value) : value
  }

  /// Without the fraction: towards zero.
  package mutating func truncated(_ value: Value) -> Value {
    multiply(unary(.sign, value), unary(.floor, unary(.absolute, value)))
  }
}
