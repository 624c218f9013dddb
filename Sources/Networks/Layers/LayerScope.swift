public import Graphs
public import Tensors

/// What a layer sees while it builds its part of a graph.
public struct LayerScope {
  /// The graph being built.
  public var graph: Graph
  /// Whether this is the pass that training takes: dropout drops, batch statistics are used.
  public internal(set) var isTraining: Bool
  /// How many rows a batch has.
  public let batchSize: Int
  /// Whose arithmetic is followed where Keras' backends differ.
  public let numerics: LossNumerics
  /// The layer's variables, in the order in which it declared them.
  public internal(set) var variables: [Value] = []
  /// Whether the layer is trainable; a frozen BatchNormalization also uses its moving statistics.
  public internal(set) var isTrainable = true

  /// The mask of each input: 1 for the steps that count, else 0; `nil`: all count.
  public internal(set) var masks: [Value?] = []
  /// Everything that the layer is called with.
  public internal(set) var arguments = CallArguments<MaskedValue>()

  /// New values of variables by the number of the parameter.
  private(set) var updates: [Int: Value] = [:]
  /// What stands for variables in this pass, by the number of the parameter.
  private(set) var substitutes: [Int: Value] = [:]
  /// Penalties on activations, each divided by the batch size.
  private(set) var penalties: [Value] = []
  /// What was fed to a final sigmoid or softmax, by what came out.
  private(set) var logits: [Value: Value] = [:]
  /// States that are handed on from batch to batch.
  var carried: CarriedStates
  /// What each call of each layer computed.
  var results: [LayerResult] = []
  private var nextStream: Int

  /// A scope.
  package init(
    graph: Graph, isTraining: Bool, batchSize: Int, numerics: LossNumerics = .fused,
    firstStream: Int = 0
  ) {
    self.init(
      graph: graph, isTraining: isTraining, batchSize: batchSize, numerics: numerics,
      firstStream: firstStream, carried: CarriedStates(batchSize: nil))
  }

  init(
    graph: Graph, isTraining: Bool, batchSize: Int, numerics: LossNumerics = .fused,
    firstStream: Int = 0, carried: CarriedStates
  ) {
    self.graph = graph
    self.carried = carried
    self.isTraining = isTraining
    self.batchSize = batchSize
    self.numerics = numerics
    nextStream = firstStream
  }

  /// Random numbers of a shape, independent of all others in the graph.
  public mutating func random(_ distribution: RandomDistribution, like value: Value) -> Value {
    random(distribution, shape: graph.shape(value))
  }

  /// Random numbers of a given shape, independent of all others in the graph.
  public mutating func random(_ distribution: RandomDistribution, shape: Shape) -> Value {
    defer { nextStream += 1 }
    return graph.random(distribution, shape: shape, stream: nextStream)
  }

  /// Of a given shape, 1 where dropout keeps an element and 0 where it drops it.
  package mutating func kept(_ rate: Double, shape: Shape) -> Value {
    let random = random(.uniform, shape: shape)
    return graph.binary(.greaterOrEqual, random, graph.constant(rate))
  }

  /// Of a given shape, what dropout multiplies by: 0 with probability `rate`, else 1 / (1 − rate).
  ///
  /// - Parameter rate: Below 1.
  package mutating func dropoutFactor(_ rate: Double, shape: Shape) -> Value {
    let kept = kept(rate, shape: shape)
    return graph.scale(kept, by: 1 / (1 - rate))
  }

  /// What one of the layer's variables holds after the calls before this one: a shared layer moves
  /// its statistics on with every call.
  ///
  /// - Parameter position: The position of the variable in ``variables``.
  public func latest(_ position: Int) -> Value {
    guard case .parameter(let number) = graph.operation(variables[position]) else {
      return variables[position]
    }
    return substitutes[number] ?? updates[number] ?? variables[position]
  }

  /// Lets a value stand for one of the layer's variables in the rest of this pass: in later calls, and
  /// in the penalties of regularizers.
  ///
  /// - Parameter position: The position of the variable in ``variables``.
  package mutating func substitute(_ position: Int, by value: Value) {
    guard case .parameter(let number) = graph.operation(variables[position]) else {
      preconditionFailure("variable \(position) is no parameter")
    }
    substitutes[number] = value
  }

  /// Gives one of the layer's variables a new value once the step is done.
  ///
  /// - Parameter position: The position of the variable in ``variables``.
  public mutating func update(_ position: Int, to value: Value) {
    guard case .parameter(let number) = graph.operation(variables[position]) else {
      preconditionFailure("variable \(position) is no parameter")
    }
    updates[number] = value
  }

  /// Adds a penalty to the loss.
  public mutating func add(penalty: Value) { penalties.append(penalty) }

  /// Applies an activation and remembers the logits of a sigmoid or softmax.
  package mutating func activate(_ value: Value, _ activation: any Activation) throws -> Value {
    let result = try activation.apply(value, in: &graph)
    if activation.keepsLogits { logits[result] = value }
    return result
  }

  /// Remembers the logits behind probabilities.
  package mutating func keepLogits(_ value: Value, of result: Value) { logits[result] = value }
}

/// What one call of a layer computed.
public struct LayerResult: Hashable, Sendable {
  /// The name of the layer; inside a nested model after its name and a slash.
  public let layer: String
  /// Which call of the layer, from 0.
  public let call: Int
  /// What came out.
  public let value: Value
}
