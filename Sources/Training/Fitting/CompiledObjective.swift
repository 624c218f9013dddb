import Engine
import Graphs
import Tensors

/// An objective ready to run on batches of one size, and the way rows get into it.
final class CompiledObjective {
  let executable: any Executable
  let metrics: [Objective.Metric]
  let batchSize: Int
  /// The tables that are trained by row.
  let lookups: RowLookups?
  /// The memory of the inputs, targets and weights, and how many numbers a row of each has.
  private let entries: [(memory: UnsafeMutablePointer<Float>, rowLength: Int)]
  /// How many numbers each metric yields.
  let statisticSizes: [Int]
  /// How many numbers all metrics yield.
  var statisticCount: Int { statisticSizes.reduce(0, +) }

  init(
    _ executable: any Executable, _ objective: Objective, batchSize: Int,
    lookups: RowLookups? = nil
  ) {
    self.executable = executable
    self.lookups = lookups
    self.batchSize = batchSize
    metrics = objective.metrics
    let values = objective.inputs + objective.targets + objective.weights
    entries = values.indices.compactMap { number in
      guard let memory = executable.input(number).baseAddress else { return nil }
      return (memory, objective.graph.shape(values[number]).count / max(1, batchSize))
    }
    statisticSizes = objective.metrics.map { metric in
      metric.statistics.map { objective.graph.shape($0).count }.reduce(0, +)
    }
  }

  /// Copies the rows `order[start] …` into the inputs.
  func gather(
    _ columns: [UnsafePointer<Float>], order: UnsafePointer<Int>, start: Int
  ) {
    for (column, entry) in zip(columns, entries) {
      let length = entry.rowLength
      if length == 1 {
        for row in 0..<batchSize { entry.memory[row] = column[order[start + row]] }
      } else {
        for row in 0..<batchSize {
          (entry.memory + row * length).update(
            from: column + order[start + row] * length, count: length)
        }
      }
    }
  }

  /// Copies the rows from `start` on into the inputs.
  func copy(_ columns: [UnsafePointer<Float>], start: Int) {
    for (column, entry) in zip(columns, entries) {
      entry.memory.update(
        from: column + start * entry.rowLength, count: batchSize * entry.rowLength)
    }
  }

  /// The loss of the last run.
  var loss: Float { executable.output(0)[0] }

  /// Adds the metrics' numbers of the last run to the sums.
  func addStatistics(to totals: UnsafeMutablePointer<Double>) {
    var position = 0
    var output = 1
    for metric in metrics {
      for _ in metric.statistics {
        for number in executable.output(output) {
          totals[position] += Double(number)
          position += 1
        }
        output += 1
      }
    }
  }
}
