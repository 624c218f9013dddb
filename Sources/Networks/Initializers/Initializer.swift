public import Tensors

/// Where the first values of a variable come from.
public protocol Initializer: Configurable {
  /// The first values of a variable.
  ///
  /// - Parameters:
  ///   - shape: The shape of the variable.
  ///   - random: A source of random numbers for this variable alone.
  /// - Throws: ``ShapeError`` if the initializer has no meaning for the shape.
  func values(for shape: Shape, random: RandomNumbers) throws -> Tensor
}
