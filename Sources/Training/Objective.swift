public import Graphs
public import Networks
public import Tensors

/// A model, its losses and its metrics, built into one graph for batches of one size.
///
/// Training, evaluation and every probe start from here: a probe only asks for more of the graph.
public struct Objective: Sendable {
  /// A number that is logged, in the graph.
  public struct Metric: Sendable {
    /// The name under which it is logged.
    public let name: String
    /// The batch's numbers, to be added up over batches.
    public let statistics: [Value]
    /// What makes one number of the sums.
    let result: @Sendable ([Double]) -> Double
  }

  /// The graph.
  public var graph: Graph
  /// The model in the graph.
  public let forward: ForwardPass
  /// The inputs of the model; the program's inputs from number 0 on.
  public let inputs: [Value]
  /// The targets; the program's next inputs.
  public let targets: [Value]
  /// The weights of the samples: none, or an array for each of the targets; the program's last
  /// inputs.
  public let weights: [Value]
  /// The weighted sum of the outputs' losses without what regularizers add, a scalar.
  public let dataLoss: Value
  /// The loss of the batch, a scalar: what is made small.
  public let loss: Value
  /// The metrics; with several losses each of these too.
  public let metrics: [Metric]

  /// Builds an objective.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows a batch has.
  ///   - inputRows: The shape of a row of each input.
  ///   - targetRows: The shape of a row of the targets of each output; outputs without a loss may be
  ///     left out.
  ///   - weightRows: The shape of a row of the weights of each of these; empty without weights.
  ///   - isTraining: Whether dropout drops and batch statistics are used.
  /// - Throws: `ModelError` if the model cannot be run, `ShapeError` if shapes do not fit,
  ///   ``TrainingError/argument(name:found:expected:)`` if there are too many targets or too few.
  public init(
    model: Model, compilation: Compilation, batchSize: Int, inputRows: [Shape],
    targetRows: [Shape], weightRows: [Shape] = [], isTraining: Bool
  ) throws {
    var graph = Graph()
    func enter(_ rows: [Shape], from first: Int) -> [Value] {
      rows.enumerated().map { number, row in
        graph.input(first + number, shape: Shape([batchSize] + row.extents))
      }
    }
    inputs = enter(inputRows, from: 0)
    targets = enter(targetRows, from: inputRows.count)
    weights = enter(weightRows, from: inputRows.count + targetRows.count)
    let forward = try model.buildForward(
      graph: &graph, inputs: inputs, training: isTraining, numerics: compilation.numerics)
    self.forward = forward
    var builder = ObjectiveBuilder(
      graph: graph, batchSize: batchSize, outputNames: model.outputNames, targets: targets,
      weights: weights,
      predictions: forward.outputs.indices.map { output in
        Prediction(
          value: forward.outputs[output], logits: forward.logits[output],
          numerics: compilation.numerics, mask: forward.masks[output])
      })
    dataLoss = try builder.addLosses(compilation)
    try builder.addMetrics(compilation)
    if let penalty = forward.penalty {
      loss = builder.graph.add(dataLoss, penalty)
    } else {
      loss = dataLoss
    }
    metrics = builder.metrics
    self.graph = builder.graph
  }

  /// Adds the gradients of the loss by the given parameters to the graph.
  ///
  /// - Parameter numbers: The numbers of the parameters.
  /// - Returns: The gradients by the number of the parameter.
  public mutating func gradients(ofParameters numbers: [Int]) -> [Int: Value] {
    let values = graph.gradients(
      of: loss, withRespectTo: numbers.map { forward.parameters[$0] })
    return Dictionary(uniqueKeysWithValues: zip(numbers, values))
  }
}
