import Networks

/// Sums over the batches of an epoch, from which its loss and metrics are made.
struct EpochTotals {
  private var lossSum = 0.0
  private var rows = 0.0
  private var statistics: [Double]
  private let metrics: [Objective.Metric]
  private let sizes: [Int]

  init(_ objective: CompiledObjective) {
    statistics = [Double](repeating: 0, count: objective.statisticCount)
    metrics = objective.metrics
    sizes = objective.statisticSizes
  }

  /// Adds a batch.
  mutating func add(_ objective: CompiledObjective, loss: Float) {
    lossSum += Double(loss) * Double(objective.batchSize)
    rows += Double(objective.batchSize)
    if statistics.isEmpty { return }
    statistics.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { objective.addStatistics(to: base) }
    }
  }

  /// The mean loss so far, each batch weighted by its rows.
  var meanLoss: Double { rows == 0 ? 0 : lossSum / rows }

  /// Loss and metrics, rounded to single precision as Keras has them.
  func values(prefix: String = "") -> [(name: String, value: Double)] {
    var result = [(name: prefix + "loss", value: Double(Float(meanLoss)))]
    var position = 0
    for (metric, count) in zip(metrics, sizes) {
      let value = metric.result(Array(statistics[position..<position + count]))
      result.append((prefix + metric.name, Double(Float(value))))
      position += count
    }
    return result
  }
}
