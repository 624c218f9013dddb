public import Networks
public import Tensors

/// How gradients become steps: Keras' optimizers.
///
/// An optimizer holds only its arguments. What it remembers from step to step lies in arenas beside
/// the parameters (``TrainingState``), so that one step is one pass over memory.
public protocol Optimizer: Configurable {
  /// The arguments that all optimizers have.
  var options: OptimizerOptions { get }
  /// What the optimizer remembers of each parameter, in the blocks in which Keras saves it: within
  /// a block, variable by variable all slots of the block.
  var slotBlocks: [[OptimizerSlot]] { get }
  /// Numbers that the optimizer remembers besides, and their first values.
  var initialScalars: [Double] { get }
  /// Whether each element moves by its own gradient and slots alone, so that parts of the arena may
  /// be updated side by side.
  var isElementWise: Bool { get }
  /// How rows of tables are moved of which a batch looks up few; `nil` if every element has to be moved
  /// by every step. Only asked for where nothing else touches such rows.
  func rowRule() -> (any RowRule)?
  /// Whether the optimizer has a slot of a parameter.
  ///
  /// - Parameters:
  ///   - path: The path of the parameter, as `hidden/kernel`.
  ///   - shape: Its shape.
  func keeps(_ slot: OptimizerSlot, of path: String, _ shape: Shape) -> Bool
  /// Moves the parameters by one step. Clipping and weight decay have been done.
  func update(_ step: OptimizerStep)
}

extension Optimizer {
  /// None.
  public var slotBlocks: [[OptimizerSlot]] { [] }
  /// None.
  public var initialScalars: [Double] { [] }
  /// Yes, unless there are numbers that all elements share.
  public var isElementWise: Bool { initialScalars.isEmpty }
  /// None.
  public func rowRule() -> (any RowRule)? { nil }
  /// Yes.
  public func keeps(_ slot: OptimizerSlot, of path: String, _ shape: Shape) -> Bool { true }
  /// The slots one after the other; ``OptimizerStep/slots`` has them in this order.
  public var slots: [OptimizerSlot] { slotBlocks.flatMap(\.self) }
}

/// A number that an optimizer remembers for every element of every trainable parameter.
public struct OptimizerSlot: Hashable, Sendable {
  /// Keras' name for it: `momentum`.
  public let name: String
  /// Where its first values come from.
  public let start: Start
  /// Which numbers it keeps of each parameter.
  public let extent: Extent

  /// Where the first values of a slot come from.
  public enum Start: Hashable, Sendable {
    /// All are the same number.
    case number(Float)
    /// They are those of the parameters before the first step.
    case parameters
  }

  /// Which numbers a slot keeps of a parameter.
  public enum Extent: Hashable, Sendable {
    /// One for each element.
    case elements
    /// One for each row of the last two axes; a single unused one of parameters with fewer axes.
    case rows
    /// One for each column of the last two axes; a single unused one of parameters with fewer axes.
    case columns
  }

  /// A slot.
  public init(_ name: String, start: Start = .number(0), extent: Extent = .elements) {
    self.name = name
    self.start = start
    self.extent = extent
  }

  /// The shape of what is kept of a parameter. The numbers lie at the start of the parameter's place in
  /// the arena.
  func shape(for parameter: Shape) -> Shape {
    let extents = parameter.extents
    switch extent {
    case .elements: return parameter
    case .rows: return extents.count < 2 ? .scalar : Shape(Array(extents.dropLast()))
    case .columns:
      return extents.count < 2 ? .scalar : Shape(extents.dropLast(2) + [extents[extents.count - 1]])
    }
  }
}

/// The memory that one step of an optimizer works on. It holds for the length of the step only.
public struct OptimizerStep {
  /// The trainable parameters, one after the other.
  public let parameters: UnsafeMutablePointer<Float>
  /// Their gradients.
  public let gradients: UnsafeMutablePointer<Float>
  /// The arenas of the slots.
  public let slots: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  /// The numbers that the optimizer remembers besides.
  public let scalars: UnsafeMutablePointer<Double>
  /// How many elements the trainable parameters have together.
  public let count: Int
  /// Where each of them lies.
  public let ranges: [Range<Int>]
  /// The shape of each of them; empty for a part of the elements.
  public let shapes: [Shape]
  /// The path of each of them, as `hidden/kernel`; empty for a part of the elements.
  public let paths: [String]
  /// The learning rate.
  public let rate: Float
  /// The number of the step, from 1.
  public let number: Int
}

extension OptimizerStep {
  /// The same step for a part of the elements only.
  func part(_ range: Range<Int>, _ body: (OptimizerStep) -> Void, slotCount: Int) {
    withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<Float>.self, capacity: max(1, slotCount)
    ) { buffer in
      guard let moved = buffer.baseAddress else { return }
      for index in 0..<slotCount {
        (moved + index).initialize(to: slots[index] + range.lowerBound)
      }
      body(
        OptimizerStep(
          parameters: parameters + range.lowerBound, gradients: gradients + range.lowerBound,
          slots: moved, scalars: scalars, count: range.count,
          ranges: [0..<range.count], shapes: [], paths: [], rate: rate, number: number))
    }
  }
}
