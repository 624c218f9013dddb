/// An array as data holds it, before a model turns it into 32-bit numbers.
public enum DataArray: Hashable, Sendable {
  /// Numbers as a model computes with them.
  case numbers(Tensor)
  /// Whole numbers, exactly: numbers of customers and the like exceed what 32-bit floats tell apart.
  case integers(shape: Shape, [Int])
  /// Strings.
  case texts(TextArray)

  /// The extents, rows first.
  public var shape: Shape {
    switch self {
    case .numbers(let tensor): tensor.shape
    case .integers(let shape, _): shape
    case .texts(let texts): texts.shape
    }
  }

  /// How many rows there are.
  public var rowCount: Int { shape.extents.first ?? 1 }

  /// What it holds, in a word.
  package var kind: String {
    switch self {
    case .numbers: "numbers"
    case .integers: "whole numbers"
    case .texts: "strings"
    }
  }

  /// The same elements under another shape.
  ///
  /// - Precondition: both shapes have the same number of elements.
  package func reshaped(to shape: Shape) -> DataArray {
    switch self {
    case .numbers(let tensor): .numbers(tensor.reshaped(to: shape))
    case .integers(_, let values): .integers(shape: shape, values)
    case .texts(let texts): .texts(texts.reshaped(to: shape))
    }
  }
}
