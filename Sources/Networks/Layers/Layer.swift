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
  /// Builds everything that the layer computes, for layers with several results.
  func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value]
  /// A penalty on what the layer computes.
  var activityRegularizer: (any Regularizer)? { get }
  /// The groups that Keras makes in the weights file within the layer's own, one for each layer that
  /// it holds: `cell`.
  var innerGroups: [String] { get }
  /// What Keras keeps in the layer's groups besides variables, by name: the weights of words.
  var savedArrays: [String: Tensor] { get }

  /// Whether the mask of the first input is also that of the result. Where it is not, what comes
  /// behind sees no mask: Keras' `supports_masking`.
  static var supportsMasking: Bool { get }
  /// The masks of the results: Keras' `compute_mask`.
  ///
  /// - Parameters:
  ///   - inputs: What the layer was called with.
  ///   - masks: The mask of each input: 1 for the steps that count, else 0.
  ///   - scope: The graph.
  func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?]
  /// The names of the arguments that are the layer's inputs, in Python's order.
  static var inputNames: [String] { get }
  /// The names of the masks of these arguments, for layers in which each has its own.
  static var maskNames: [String] { get }
  /// The names of other arguments that the layer can be called with.
  static var keywords: Set<String> { get }
  /// Whether Keras takes the masks off the layer's inputs, so that other layers that they go to see
  /// none any more.
  static var clearsInputMasks: Bool { get }
  /// Checks that the layer knows the arguments that it is called with.
  static func check(_ arguments: CallArguments<TensorReference>) throws
}

extension Layer {
  /// None.
  public func variables(for inputs: [Shape]) throws -> [VariableDeclaration] { [] }
  /// None.
  public var activityRegularizer: (any Regularizer)? { nil }
  /// None.
  public var innerGroups: [String] { [] }
  /// None.
  public var savedArrays: [String: Tensor] { [:] }
  /// One result.
  public func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    [try call(inputs, scope: &scope)]
  }
  /// No.
  public static var supportsMasking: Bool { false }
  /// The mask of the first input if the layer supports masking, else none.
  public func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    Self.supportsMasking ? [masks.first ?? nil] : []
  }
  /// One argument.
  public static var inputNames: [String] { ["inputs"] }
  /// None.
  public static var maskNames: [String] { [] }
  /// None.
  public static var keywords: Set<String> { [] }
  /// No.
  public static var clearsInputMasks: Bool { false }
  /// Refuses arguments that have no name above.
  public static func check(_ arguments: CallArguments<TensorReference>) throws {
    try checkArguments(arguments)
  }

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

  /// An axis along which the layer has weights, as a number from 0: any but that of the batch, whose
  /// extent is open.
  package func weightAxis(_ axis: Int, of shape: Shape) throws -> Int {
    let found = try self.axis(axis, of: shape)
    guard found > 0 else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape)",
        expected: "an axis \(axis) that is not that of the batch")
    }
    return found
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
  /// Its name within the layer: `kernel`, `forward_layer/kernel`.
  public let name: String
  /// Where within the layer's group Keras keeps it: `cell`; empty for most.
  public let place: String
  /// Where else Keras keeps the same values, because two layers hold the variable; `nil` for most.
  public let secondPlace: String?
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
    name: String, place: String = "", secondPlace: String? = nil, shape: Shape,
    initializer: any Initializer, isTrainable: Bool = true, regularizer: (any Regularizer)? = nil,
    constraint: (any Constraint)? = nil
  ) {
    self.name = name
    self.place = place
    self.secondPlace = secondPlace
    self.shape = shape
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.regularizer = regularizer
    self.constraint = constraint
  }

  /// The same variable of a layer that stands within another one.
  ///
  /// - Parameters:
  ///   - attribute: The name under which the outer layer holds the inner one: `cell`.
  ///   - isNamed: Whether the attribute is part of the name, because there are several.
  package func within(_ attribute: String, isNamed: Bool) -> VariableDeclaration {
    func inner(_ place: String) -> String { place.isEmpty ? attribute : "\(attribute)/\(place)" }
    return VariableDeclaration(
      name: isNamed ? "\(attribute)/\(name)" : name, place: inner(place),
      secondPlace: secondPlace.map(inner), shape: shape, initializer: initializer,
      isTrainable: isTrainable, regularizer: regularizer, constraint: constraint)
  }

  /// The same variable of a layer that another one holds as its own too.
  ///
  /// - Parameter place: Where the other one keeps it.
  package func also(in place: String) -> VariableDeclaration {
    VariableDeclaration(
      name: name, place: self.place, secondPlace: place, shape: shape, initializer: initializer,
      isTrainable: isTrainable, regularizer: regularizer, constraint: constraint)
  }
}
