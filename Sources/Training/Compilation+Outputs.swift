package import Networks

extension Compilation {
  /// The loss of one output.
  package struct OutputLoss {
    /// Which output, from 0.
    package let output: Int
    /// What is made small.
    package let function: LossFunction
    /// By what it is multiplied in the sum; `nil`: by 1.
    package let weight: Double?
  }

  /// A metric of one output.
  package struct OutputMetric {
    /// Which output, from 0.
    package let output: Int
    /// What is reported.
    package let function: MetricFunction
    /// Whether the weights of the samples count.
    package let isWeighted: Bool
    /// The name under which it is logged.
    package let name: String
  }

  /// The losses of a model with the given outputs, as Keras deals them out. For a single output only
  /// the first loss of a list counts.
  ///
  /// - Throws: `ConfigurationError` for names that no output has, and for outputs that a dictionary
  ///   leaves out.
  package func losses(for outputs: [String]) throws -> [OutputLoss] {
    let weights = try lossWeights(for: outputs)
    if outputs.count == 1, case .listed(let list) = loss {
      guard let first = list.compactMap(\.self).first else { return [] }
      return [OutputLoss(output: 0, function: first, weight: weights[0])]
    }
    if case .named(let entries) = loss,
      let missing = outputs.first(where: { name in !entries.contains { $0.output == name } })
    {
      throw ConfigurationError(
        subject: "compile", key: "loss", found: "no entry for output '\(missing)'",
        expected: "one for each of the outputs \(outputs.joined(separator: ", "))",
        advice: "Give null for an output without a loss.")
    }
    let functions = try loss.arguments(for: outputs, key: "loss")
    return functions.enumerated().compactMap { output, function in
      function.map { OutputLoss(output: output, function: $0, weight: weights[output]) }
    }
  }

  /// The weight of each output's loss.
  private func lossWeights(for outputs: [String]) throws -> [Double?] {
    guard let lossWeights else { return outputs.map { _ in nil } }
    switch (lossWeights, loss) {
    case (.named(let entries), .listed):
      // Keras flattens a dictionary by the alphabet, whatever the order of the outputs.
      let sorted = entries.sorted { $0.output < $1.output }.map(\.argument)
      return try PerOutput.listed(sorted).arguments(for: outputs, key: "loss_weights")
    default: return try lossWeights.arguments(for: outputs, key: "loss_weights")
    }
  }

  /// The metrics of a model with the given outputs, under the names that Keras logs.
  ///
  /// - Throws: `ConfigurationError` for a list that has not one entry for each output, and for names
  ///   that no output has.
  package func metrics(for outputs: [String]) throws -> [OutputMetric] {
    var result: [OutputMetric] = []
    var uses: [String: Int] = [:]
    func add(_ argument: PerOutput<[MetricFunction]>, key: String, isWeighted: Bool) throws {
      for (output, functions) in try Self.metrics(argument, outputs, key).enumerated() {
        for function in functions {
          let prefix = outputs.count > 1 ? outputs[output] + "_" : ""
          var name = prefix + function.name
          if isWeighted, uses[name] != nil { name = prefix + "weighted_" + function.name }
          let count = uses[name, default: 0]
          uses[name] = count + 1
          if count > 0 { name += "_\(count)" }
          result.append(
            OutputMetric(output: output, function: function, isWeighted: isWeighted, name: name))
        }
      }
    }
    try add(metrics, key: "metrics", isWeighted: false)
    try add(weightedMetrics, key: "weighted_metrics", isWeighted: true)
    return result
  }

  private static func metrics(
    _ argument: PerOutput<[MetricFunction]>, _ outputs: [String], _ key: String
  ) throws -> [[MetricFunction]] {
    if argument.all.allSatisfy(\.isEmpty) { return outputs.map { _ in [] } }
    if outputs.count == 1 { return [argument.all.flatMap(\.self)] }
    if case .listed(let list) = argument, list.count != outputs.count {
      throw ConfigurationError(
        subject: "compile", key: key, found: "a list of \(list.count) entries",
        expected: "one for each of the outputs \(outputs.joined(separator: ", "))")
    }
    return try argument.arguments(for: outputs, key: key).map { $0 ?? [] }
  }
}
