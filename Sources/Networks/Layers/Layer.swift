public import Graphs
public import Tensors

/// One step of a model: Keras' layers.
///
/// A layer only builds graph. It holds its arguments; its variables belong to the model that it is
/// part of, so the same value may stand in several models.
public protocol Layer: Configurable {
  /// The variables that the layer has for inputs of the given shapes, batch included, in the order
  /// in which Keras stores them.
  ///
  /// - Throws: ``ShapeError`` for shapes that the layer cannot work on.
  func variables(for inputs: [Shape]) throws -> [VariableDeclaration]
  /// Builds what the layer computes.
  ///
  /// - Parameters:
  ///   - inputs: What the layer is called with, batch first.
  ///   - scope: The graph, the layer's variables, and what it tells the model.
  /// - Throws: ``ShapeError`` for shapes that the layer cannot work on.
  func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value
  /// A penalty on what the layer computes.
  var activityRegularizer: (any Regularizer)? { get }
}

extension Layer {
  /// None.
  public func variables(for inputs: [Shape]) throws -> [VariableDeclaration] { [] }
  /// None.
  public var activityRegularizer: (any Regularizer)? { nil }

  /// The only input.
  package func single<T>(_ inputs: [T]) throws -> T {
    guard inputs.count == 1 else {
      throw ShapeError(
        subject: Self.className, found: "\(inputs.count) inputs", expected: "one input")
    }
    return inputs[0]
  }

  /// An axis as a number from 0.
  package func axis(_ axis: Int, of shape: Shape) throws -> Int {
    guard (-shape.rank..<shape.rank).contains(axis) else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape)", expected: "an axis \(axis)")
    }
    return shape.normalized(axis)
  }

  /// Checks that an input has a number of axes.
  package func requireRank(_ ranks: ClosedRange<Int>, _ shape: Shape) throws {
    guard ranks.contains(shape.rank) else {
      let wanted =
        ranks.count == 1 ? "\(ranks.lowerBound) axes" : "\(ranks.lowerBound) axes or more"
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape)",
        expected: "\(wanted), batch included")
    }
  }
}

/// A variable that a layer asks for.
public struct VariableDeclaration: Sendable {
  /// Its name within the layer: `kernel`.
  public let name: String
  /// Its shape.
  public let shape: Shape
  /// Where its first values come from.
  public let initializer: any Initializer
  /// Whether training moves it, if the layer is trainable.
  public let isTrainable: Bool
  /// A penalty on its values.
  public let regularizer: (any Regularizer)?
  /// What it is brought back to after every step.
  public let constraint: (any Constraint)?

  /// A variable.
  public init(
    name: String, shape: Shape, initializer: any Initializer, isTrainable: Bool = true,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.regularizer = regularizer
    self.constraint = constraint
  }
}
