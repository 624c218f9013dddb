import Foundation
public import JSON
public import Tensors

/// Numbers that real Keras computed, as the files in Tests/Goldens hold them.
public enum Golden {
  /// The entries of a file that holds a list.
  public static func entries(_ file: String) throws -> [JSONValue] {
    try value(file).array ?? []
  }

  /// What a file holds.
  public static func value(_ file: String) throws -> JSONValue {
    let data = try Data(contentsOf: Fixtures.goldens.appending(path: file))
    return try JSONValue(parsing: [UInt8](data))
  }
}

extension JSONValue {
  /// An array of the form `{"shape": …, "data": …}`, or nested lists of numbers.
  public var tensor: Tensor? {
    if let data = self["data"]?.array, let shape = self["shape"]?.array {
      return Tensor(
        shape: Shape(shape.compactMap(\.int)),
        scalars: data.compactMap { $0.double.map(Float.init) })
    }
    if let number = double { return Tensor(shape: .scalar, scalars: [Float(number)]) }
    guard let rows = array?.map(\.tensor), let first = rows.first, let row = first else {
      return nil
    }
    return Tensor(
      shape: Shape([rows.count] + row.shape.extents),
      scalars: rows.compactMap(\.self).flatMap(\.scalars))
  }

  /// Several arrays.
  public var tensors: [Tensor] { (array ?? []).compactMap(\.tensor) }
}

/// How far two lists of numbers are apart: the largest difference, in units of the largest size of
/// the expected numbers (at least `scale`). Infinite if they differ in length or in what is finite.
public func deviation(
  _ found: some Collection<Float>, _ expected: some Collection<Float>, scale: Float = 1e-3
) -> Float {
  guard found.count == expected.count else { return .infinity }
  var largest: Float = scale
  for number in expected where number.isFinite { largest = max(largest, abs(number)) }
  var result: Float = 0
  for (a, b) in zip(found, expected) {
    if a == b || (a.isNaN && b.isNaN) { continue }
    let difference = abs(a - b)
    result = difference.isFinite ? max(result, difference / largest) : .infinity
  }
  return result
}
