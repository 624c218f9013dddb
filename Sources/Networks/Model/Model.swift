public import JSON
public import Tensors

/// A Keras model as a plain value: its layers, how they are connected, and its variables' shapes.
///
/// The values of the variables travel apart, so that an experiment is a copy. A layer that cannot
/// be run makes the model not runnable, but leaves it readable.
public struct Model: Sendable {
  /// The name of the model.
  public let name: String
  /// `Sequential` or `Functional`.
  public let className: String
  /// The layers, input layers and operations on tensors included, in the file's order.
  public let layers: [ModelLayer]
  /// Where numbers enter the model: its input layers, and in place of those that hold strings the
  /// layers that make numbers of them.
  public let inputs: [TensorReference]
  /// The layers' results that are the model's outputs.
  public let outputs: [TensorReference]
  /// The `trainable` flag of the whole.
  public let isTrainable: Bool
  /// The variables of all layers in Keras' order.
  public let variables: [ModelVariable]
  /// The states that layers with `stateful` hand on from one batch to the next.
  public internal(set) var carriedStates: [CarriedState]
  /// The size of a batch, if the inputs fix it.
  public let fixedBatchSize: Int?
  /// The layers that cannot be run, those of nested models included.
  public let opaqueLayers: [OpaqueLayer]
  /// The model's entry in the file.
  public let original: JSONValue

  /// The order in which the calls of layers can be computed, as positions in ``layers``.
  let order: [(layer: Int, call: Int)]
  /// Which of ``variables`` belong to each layer.
  let variableRanges: [Range<Int>]
  /// The shape of what each layer computes in its first call, batch included; `nil`: not known.
  let layerShapes: [Shape?]
  /// The shapes of the inputs, batch included, where nothing is left open.
  let knownInputShapes: [Shape?]
  /// The shapes of the outputs, batch included, where they are known.
  let knownOutputShapes: [Shape?]
  /// What happens to data before it enters the graph; `nil` if nothing does.
  package let dataStage: DataStage?

  /// Whether the model can be run.
  public var isRunnable: Bool {
    opaqueLayers.isEmpty && !inputs.isEmpty && knownInputShapes.allSatisfy { $0 != nil }
  }

  /// The layer with a name.
  public func layer(named name: String) -> ModelLayer? { layers.first { $0.name == name } }

  /// The shape of one row of each input; `nil` where the file leaves extents open.
  public var inputRowShapes: [Shape?] {
    knownInputShapes.map { $0.map { Shape(Array($0.extents.dropFirst())) } }
  }

  /// The shape of a row of what a layer computes; `nil` if it is not known.
  public func rowShape(ofLayer name: String) -> Shape? {
    guard let index = layers.firstIndex(where: { $0.name == name }), let shape = layerShapes[index]
    else { return nil }
    return Shape(Array(shape.extents.dropFirst()))
  }

  /// The names of the outputs, by which `compile` deals out losses and metrics: the keys of a
  /// dictionary of outputs, else the names of their layers.
  public var outputNames: [String] {
    if let keys = original["config"]?["output_layers"]?.object?.keys, keys.count == outputs.count {
      return keys
    }
    return outputs.map(\.layer)
  }

  /// The shapes of a row of each output; `nil` where they are not known.
  public var outputRowShapes: [Shape?] {
    knownOutputShapes.map { $0.map { Shape(Array($0.extents.dropFirst())) } }
  }

  /// The same model whose layers start every batch from zeros, `stateful` or not.
  public func startingAfresh() -> Model {
    var result = self
    result.carriedStates = []
    return result
  }

  /// How many numbers the variables have together.
  public var parameterCount: Int { variables.map(\.shape.count).reduce(0, +) }

  /// First values of all variables, by the initializers of their layers.
  ///
  /// The same seed gives the same values.
  /// - Throws: ``ShapeError`` if an initializer has no meaning for a variable's shape.
  public func initialParameters(seed: UInt64) throws -> [Tensor] {
    try variables.map { variable in
      try variable.declaration.initializer.values(
        for: variable.shape,
        random: RandomNumbers(seed: seed, purpose: .initialization, stream: variable.number))
    }
  }
}
