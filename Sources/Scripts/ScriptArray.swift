/// An array of a script: its numbers, or a sample that spreads as they do.
public struct ScriptArray: Sendable {
  /// The extents, rows first; those of the script's array, of which a sample may be stored.
  public let shape: [Int]
  /// How many rows are stored.
  public let storedRows: Int
  /// The elements stored, the last axis fastest.
  public let numbers: [Double]
  /// NumPy's name of the element type.
  public let dtype: String
  /// Whether the elements are texts, which are not kept.
  public let isText: Bool
  /// Whether the numbers are drawn as the script draws its own, and so are others than in the run.
  public let isDrawn: Bool
  /// What of it is not known: `rows`, `order`, `shares`.
  public let unknown: Set<String>

  /// Whether every number is there, as the script makes it or drawn as the script draws it.
  public var isComplete: Bool {
    !isText && unknown.isEmpty && shape.first == storedRows && !numbers.isEmpty
  }

  init(_ array: NDArray) {
    shape = array.fullShape
    storedRows = array.rows
    numbers = array.data
    dtype = array.dtype
    isText = array.texts != nil
    isDrawn = array.isDrawn || array.declaredRows != nil
    unknown = array.unknown.union(array.declaredRows != nil ? ["order"] : [])
  }
}
