import Graphs
import Tensors

// The weights of samples: a number for each row, or one for each step, each pixel.
extension Graph {
  /// Weights under a shape of as many axes as the values that they multiply. Keras drops or adds a
  /// last axis of extent 1; what remains is matched from the first axis on.
  ///
  /// - Throws: ``ShapeError`` if the shapes do not fit.
  mutating func alignedWeights(
    _ weights: Value, to values: Shape, subject: String
  ) throws -> Value {
    var extents = shape(weights).extents
    if extents.count == values.rank + 1, extents.last == 1 { extents.removeLast() }
    while extents.count < values.rank { extents.append(1) }
    let fits =
      extents.count == values.rank
      && zip(extents, values.extents).allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
    guard fits else {
      throw ShapeError(
        subject: subject, found: "sample weights of shape \(shape(weights))",
        expected: "a number for each of the values of shape \(values)",
        advice: "Give one weight for each row, or one for each step.")
    }
    return reshape(weights, to: Shape(extents))
  }

  /// Weights repeated over all values of a shape.
  ///
  /// - Throws: ``ShapeError`` if the shapes do not fit.
  mutating func spread(_ weights: Value, over values: Shape, subject: String) throws -> Value {
    broadcast(try alignedWeights(weights, to: values, subject: subject), to: values)
  }
}
