public import Graphs
public import Networks
public import Tensors

/// A model, its loss and its metrics, built into one graph for batches of one size.
///
/// Training, evaluation and every probe start from here: a probe only asks for more of the graph.
public struct Objective: Sendable {
  /// A metric in the graph.
  public struct Metric: Sendable {
    /// The name under which it is logged.
    public let name: String
    /// What makes one number of the sums.
    public let metric: any Networks.Metric
    /// The batch's numbers, to be added up over batches.
    public let statistics: [Value]
  }

  /// The graph.
  public var graph: Graph
  /// The model in the graph.
  public let forward: ForwardPass
  /// The inputs of the model; the program's inputs from number 0 on.
  public let inputs: [Value]
  /// The targets; the program's next input.
  public let target: Value
  /// One weight for each row, if the objective is weighted; the program's last input.
  public let weights: Value?
  /// The loss of the batch without what regularizers add, a scalar.
  public let dataLoss: Value
  /// The loss of the batch, a scalar: what is made small.
  public let loss: Value
  /// The metrics.
  public let metrics: [Metric]

  /// Builds an objective.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows a batch has.
  ///   - inputRows: The shape of a row of each input.
  ///   - targetRow: The shape of a row of the targets.
  ///   - isTraining: Whether dropout drops and batch statistics are used.
  ///   - isWeighted: Whether each row has a weight.
  /// - Throws: `ModelError` if the model cannot be run, `ShapeError` if shapes do not fit,
  ///   ``TrainingError/severalOutputs(model:count:)``.
  public init(
    model: Model, compilation: Compilation, batchSize: Int, inputRows: [Shape], targetRow: Shape,
    isTraining: Bool, isWeighted: Bool = false
  ) throws {
    var graph = Graph()
    inputs = inputRows.enumerated().map { number, row in
      graph.input(number, shape: Shape([batchSize] + row.extents))
    }
    let target = graph.input(inputs.count, shape: Shape([batchSize] + targetRow.extents))
    self.target = target
    weights = isWeighted ? graph.input(inputs.count + 1, shape: [batchSize]) : nil
    forward = try model.buildForward(graph: &graph, inputs: inputs, training: isTraining)
    guard forward.outputs.count == 1 else {
      throw TrainingError.severalOutputs(model: model.name, count: forward.outputs.count)
    }
    let prediction = Prediction(
      value: forward.outputs[0], logits: forward.logits[0], numerics: compilation.numerics)
    dataLoss = try compilation.loss.batchLoss(
      target: target, prediction: prediction, weights: weights, in: &graph)
    if let penalty = forward.penalty {
      loss = graph.add(dataLoss, penalty)
    } else {
      loss = dataLoss
    }
    var built: [Metric] = []
    func add(_ function: MetricFunction, prefix: String, weights: Value?) throws {
      let metric = try function.metric(target: target, prediction: prediction.value, in: graph)
      var name = function.name
      if !prefix.isEmpty, compilation.metrics.contains(where: { $0.name == name }) {
        name = prefix + name
      }
      var (unique, count) = (name, 0)
      while built.contains(where: { $0.name == unique }) {
        count += 1
        unique = "\(name)_\(count)"
      }
      built.append(
        Metric(
          name: unique, metric: metric,
          statistics: try metric.statistics(
            target: target, prediction: prediction, weights: weights, in: &graph)))
    }
    for function in compilation.metrics { try add(function, prefix: "", weights: nil) }
    for function in compilation.weightedMetrics {
      try add(function, prefix: "weighted_", weights: weights)
    }
    metrics = built
    self.graph = graph
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
