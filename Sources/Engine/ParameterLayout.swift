public import Tensors

/// Where each parameter of a model lies in the one arena that holds them all. The trainable ones
/// come first, in order and without gaps, so that an optimizer step is one pass over memory.
public struct ParameterLayout: Hashable, Sendable {
  /// One parameter.
  public struct Slot: Hashable, Sendable {
    /// Its shape.
    public let shape: Shape
    /// Whether training moves it.
    public let isTrainable: Bool
    /// The position of its first element in the arena.
    public let offset: Int
    /// The positions of its elements.
    public var range: Range<Int> { offset..<offset + shape.count }
  }

  /// The parameters by number, those that are carried from run to run last.
  public let slots: [Slot]
  /// How many parameters are variables of the model.
  public let variableCount: Int
  /// How many elements the trainable parameters have together; they are the first of the arena.
  public let trainableCount: Int
  /// How many elements there are in all.
  public let count: Int

  /// Lays out parameters, given by shape and whether they are trainable, and states of given shapes
  /// that are carried from run to run.
  public init(_ variables: [(shape: Shape, isTrainable: Bool)], carried: [Shape] = []) {
    let parameters = variables + carried.map { ($0, false) }
    variableCount = variables.count
    var next = 0
    var offsets = [Int](repeating: 0, count: parameters.count)
    for wanted in [true, false] {
      for (number, parameter) in parameters.enumerated() where parameter.isTrainable == wanted {
        offsets[number] = next
        next += parameter.shape.count
      }
    }
    slots = zip(parameters, offsets).map {
      Slot(shape: $0.shape, isTrainable: $0.isTrainable, offset: $1)
    }
    trainableCount = parameters.filter(\.isTrainable).map(\.shape.count).reduce(0, +)
    count = next
  }
}
