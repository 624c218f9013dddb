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
  /// The memory of the inputs, targets and weights.
  private let entries: [UnsafeMutablePointer<Float>]
  /// The numbers of the rows that are gathered.
  private var numbers: [Int]
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
    numbers = [Int](repeating: 0, count: batchSize)
    metrics = objective.metrics
    let values = objective.inputs + objective.targets + objective.weights
    entries = values.indices.compactMap { executable.input($0).baseAddress }
    statisticSizes = objective.metrics.map { metric in
      metric.statistics.map { objective.graph.shape($0).count }.reduce(0, +)
    }
  }

  /// Copies the rows with the given numbers, as many as a batch has, into the inputs.
  ///
  /// - Throws: What reading a file throws.
  func gather(_ arrays: [any RowSource], _ rows: ArraySlice<UInt32>) throws {
    for (place, row) in rows.enumerated() { numbers[place] = Int(row) }
    try numbers.withUnsafeBufferPointer { numbers in
      for (array, memory) in zip(arrays, entries) { try array.read(numbers, into: memory) }
    }
  }

  /// Copies the rows from `start` on, as many as a batch has, into the inputs.
  ///
  /// - Throws: What reading a file throws.
  func copy(_ arrays: [any RowSource], start: Int) throws {
    for (array, memory) in zip(arrays, entries) {
      try array.read(start..<start + batchSize, into: memory)
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
