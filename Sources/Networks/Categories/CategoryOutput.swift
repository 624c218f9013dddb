package import Graphs
import JSON
import Tensors

/// What layers make of the numbers of categories: Keras' `output_mode`.
package enum CategoryOutput: String, Hashable, Sendable {
  /// The numbers themselves.
  case int
  /// A vector for each number with a 1 at its place.
  case oneHot = "one_hot"
  /// A vector for each row with a 1 for each number in it.
  case multiHot = "multi_hot"
  /// A vector for each row that counts the numbers in it.
  case count
  /// A vector for each row that adds up the weights of the numbers in it.
  case tfIdf = "tf_idf"

  /// Reads the mode.
  ///
  /// - Parameter allowsWeights: Whether the layer can weigh its numbers.
  package init(
    _ configuration: Configuration, default standard: CategoryOutput, allowsWeights: Bool = false
  ) throws {
    var text = try configuration.string("output_mode", default: standard.rawValue)
    if text == "binary" { text = Self.multiHot.rawValue }
    if text == "tf-idf" { text = Self.tfIdf.rawValue }
    guard let mode = Self(rawValue: text), allowsWeights || mode != .tfIdf else {
      throw configuration.error(
        "output_mode", found: .string(text),
        expected: allowsWeights
          ? "int, one_hot, multi_hot, count or tf_idf" : "int, one_hot, multi_hot or count")
    }
    self = mode
    if try configuration.bool("sparse", default: false) {
      throw configuration.error(
        "sparse", found: true, expected: "false (sparse tensors are not supported)")
    }
  }

  /// Numbers in this form.
  ///
  /// - Parameters:
  ///   - numbers: `[batch, …]`; those out of range have no place.
  ///   - weights: What each number weighs, where numbers are weighed.
  ///   - depth: How many categories there are.
  /// - Throws: ``ShapeError`` for rows that have no axis to count along.
  package func encoded(
    _ numbers: Value, weights: Value? = nil, depth: Int, layer: String, in graph: inout Graph
  ) throws -> Value {
    let shape = graph.shape(numbers)
    switch self {
    case .int: return numbers
    case .oneHot:
      let isColumn = shape.rank > 1 && shape[-1] == 1
      let flat =
        isColumn ? graph.reshape(numbers, to: Shape(Array(shape.extents.dropLast()))) : numbers
      return graph.oneHot(flat, classes: depth)
    case .multiHot, .count, .tfIdf:
      // Of rows with more axes Keras declares one shape and computes another.
      guard shape.rank == 2 else {
        throw ShapeError(
          subject: layer, found: "input of shape \(shape)",
          expected: "rows of numbers, with one axis besides the batch")
      }
      let counts = graph.counts(numbers, weights: weights, depth: depth)
      return self == .multiHot
        ? graph.binary(.minimum, counts, graph.constant(1)) : counts
    }
  }
}
