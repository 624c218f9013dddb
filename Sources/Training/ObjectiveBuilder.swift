import Graphs
import Networks

/// Adds losses and metrics to the graph of a model.
struct ObjectiveBuilder {
  var graph: Graph
  let batchSize: Int
  let outputNames: [String]
  let targets: [Value]
  let weights: [Value]
  let predictions: [Prediction]
  private(set) var metrics: [Objective.Metric] = []
  /// Which of the targets belongs to each output.
  private var places: [Int?] = []

  init(
    graph: Graph, batchSize: Int, outputNames: [String], targets: [Value], weights: [Value],
    predictions: [Prediction]
  ) {
    self.graph = graph
    self.batchSize = batchSize
    self.outputNames = outputNames
    self.targets = targets
    self.weights = weights
    self.predictions = predictions
  }

  /// Adds the losses of all outputs, and where there are several a number to log for each.
  ///
  /// - Returns: their weighted sum.
  mutating func addLosses(_ compilation: Compilation) throws -> Value {
    let losses = try compilation.losses(for: outputNames)
    try place(losses)
    var total: Value?
    for loss in losses {
      guard let place = places[loss.output] else { continue }
      let value = try loss.function.batchLoss(
        target: targets[place], prediction: predictions[loss.output],
        weights: weights.isEmpty ? nil : weights[place], in: &graph)
      if losses.count > 1 { log(value, as: outputNames[loss.output] + "_loss") }
      let part = loss.weight.map { graph.scale(value, by: $0) } ?? value
      total = total.map { graph.add($0, part) } ?? part
    }
    return total ?? graph.constant(0)
  }

  /// The mean over the batches, each counted by its rows.
  private mutating func log(_ value: Value, as name: String) {
    let rows = Double(batchSize)
    metrics.append(
      Objective.Metric(
        name: name, statistics: [graph.scale(value, by: rows), graph.constant(rows)],
        result: { $0[1] == 0 ? 0 : $0[0] / $0[1] }))
  }

  /// Deals out the targets: one for each output, or one for each output that has a loss.
  private mutating func place(_ losses: [Compilation.OutputLoss]) throws {
    if targets.count == outputNames.count {
      places = outputNames.indices.map { $0 }
    } else if targets.count == losses.count {
      places = outputNames.indices.map { output in
        losses.firstIndex { $0.output == output }
      }
    } else {
      throw TrainingError.argument(
        name: "y", found: "\(targets.count) arrays",
        expected: "one for each of the outputs \(outputNames.joined(separator: ", "))")
    }
  }

  /// Adds the metrics of all outputs.
  mutating func addMetrics(_ compilation: Compilation) throws {
    for entry in try compilation.metrics(for: outputNames) {
      guard let place = places[entry.output] else { continue }
      let prediction = predictions[entry.output]
      let metric = try entry.function.metric(
        target: targets[place], prediction: prediction.value, in: graph)
      metrics.append(
        Objective.Metric(
          name: entry.name,
          statistics: try metric.statistics(
            target: targets[place], prediction: prediction,
            weights: entry.isWeighted && !weights.isEmpty ? weights[place] : nil, in: &graph),
          result: { metric.result($0) }))
    }
  }
}
