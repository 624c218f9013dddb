package import CaseFile
package import JSON

// Short ways to write down the cases that causes carry as examples.
extension CaseFile {
  /// A case with a stack of Dense layers on standardised features, trained with Adam unless said
  /// otherwise.
  package static func example(
    units: [Int], activations: [String], loss: JSONValue, y: ArrayFacts,
    x: ArrayFacts = .spread(rows: 200, columns: 8), optimizer: String = "Adam",
    rate: Double = 0.001, metrics: JSONValue = .null, backend: String = "jax",
    history: [String: [Double]] = [:], kernel: Statistics? = nil, bias: Statistics? = nil,
    adjust: (inout CaseFile) -> Void = { _ in }
  ) -> CaseFile {
    var layers = [LayerFacts(name: "input_layer", className: "InputLayer", configuration: [:])]
    layers[0].outputShape = x.shape.dropFirst().map { $0 }
    var fanIn = x.shape.last ?? 1
    for (index, count) in units.enumerated() {
      let limit = (6 / Double(fanIn + count)).squareRoot()
      let glorot = Statistics(
        count: fanIn * count, minimum: -limit, maximum: limit, mean: 0,
        standardDeviation: limit / 3.0.squareRoot())
      let zero = Statistics(count: count, minimum: 0, maximum: 0, mean: 0, standardDeviation: 0)
      let isLast = index == units.count - 1
      layers.append(
        LayerFacts(
          name: index == 0 ? "dense" : "dense_\(index)", className: "Dense",
          configuration: ["units": .int(count), "activation": .string(activations[index])],
          inputs: [layers[index].name], outputShape: [count],
          variables: [
            VariableFacts(
              name: "kernel", shape: [fanIn, count], isTrainable: true,
              statistics: isLast ? glorot : kernel ?? glorot),
            VariableFacts(
              name: "bias", shape: [count], isTrainable: true,
              statistics: isLast ? zero : bias ?? zero),
          ]))
      fanIn = count
    }
    var facts = CaseFile()
    facts.model = ModelFacts(
      name: "sequential", className: "Sequential", layers: layers,
      inputLayers: ["input_layer"], outputLayers: [layers[layers.count - 1].name])
    facts.compilation = CompileFacts(
      optimizer: optimizer, optimizerConfiguration: ["learning_rate": .double(rate)], loss: loss,
      metrics: metrics)
    facts.fit = FitFacts(epochs: 20)
    facts.environment = EnvironmentFacts(backend: backend)
    facts.data = DataFacts(features: [x], targets: y)
    if !history.isEmpty { facts.recorded = RecordedRun(status: .finished, history: history) }
    adjust(&facts)
    return facts
  }

  /// A loss object with `from_logits`.
  package static func crossentropy(_ className: String, fromLogits: Bool) -> JSONValue {
    ["class_name": .string(className), "config": ["from_logits": .bool(fromLogits)]]
  }

  /// A case of which only what the program printed is known.
  static func logAlone(_ history: [String: [Double]]) -> CaseFile {
    var facts = CaseFile(inputs: [InputSource(kind: .log, path: "run.log")])
    facts.recorded = RecordedRun(status: .finished, history: history)
    return facts
  }
}

extension ModelFacts {
  /// Puts a layer without weights behind the last one, with the same shape.
  mutating func append(_ layer: LayerFacts) {
    var layer = layer
    layer.inputs = outputLayers
    layer.outputShape = layers.last?.outputShape
    layers.append(layer)
    outputLayers = [layer.name]
  }
}

extension ArrayFacts {
  /// The facts of given numbers in rows.
  package init(example values: [Double], columns: Int = 1, dtype: String = "float64") {
    let rows = values.count / columns
    var counts: [Double: Int] = [:]
    for value in values where value.isFinite { counts[value, default: 0] += 1 }
    let sorted = values.filter(\.isFinite).sorted()
    let rowSums = (0..<rows).map { values[$0 * columns..<($0 + 1) * columns].reduce(0, +) }
    let isZeroOne = counts.keys.allSatisfy { $0 == 0 || $0 == 1 }
    self.init(
      shape: columns == 1 ? [rows] : [rows, columns], dtype: dtype,
      overall: Statistics(of: values),
      columns: (0..<columns).map { column in
        Statistics(of: (0..<rows).map { values[$0 * columns + column] })
      },
      nonFinite: values.enumerated().filter { !$0.element.isFinite }.prefix(
        ArrayFacts.maximumLocations
      )
      .map { Location(row: $0.offset / columns, column: $0.offset % columns) },
      nonFiniteRows: (0..<rows).filter { row in
        !values[row * columns..<(row + 1) * columns].allSatisfy(\.isFinite)
      }.count,
      isIntegral: sorted.allSatisfy { $0 == $0.rounded() },
      distinct: counts.count > ArrayFacts.maximumDistinct
        ? [] : counts.sorted { $0.key < $1.key }.map { ValueCount(value: $0.key, count: $0.value) },
      isOneHot: columns > 1 && isZeroOne && rowSums.allSatisfy { $0 == 1 },
      rowsSumToOne: columns > 1 && rowSums.allSatisfy { abs($0 - 1) < 1e-6 }
        && (sorted.first ?? 0) >= 0,
      runs: columns == 1 ? ArrayFacts.equalRuns(values) : [],
      percentiles: sorted.isEmpty
        ? [] : (0...100).map { sorted[($0 * (sorted.count - 1)) / 100] })
  }

  private static func equalRuns(_ values: [Double]) -> [ValueCount] {
    var runs: [ValueCount] = []
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(ValueCount(value: value, count: 1))
      }
    }
    return runs.count > maximumRuns ? [] : runs
  }

  /// Evenly spread numbers between two bounds: standardised unless said otherwise.
  package static func spread(
    rows: Int = 200, columns: Int = 1, from low: Double = -1.7, to high: Double = 1.7
  ) -> ArrayFacts {
    let count = rows * columns
    return ArrayFacts(
      example: (0..<count).map {
        low + (high - low) * Double(($0 * 7919) % count) / Double(count - 1)
      },
      columns: columns)
  }

  /// Numbers of classes, each equally often.
  package static func classes(_ labels: [Double], rows: Int = 200) -> ArrayFacts {
    ArrayFacts(example: (0..<rows).map { labels[$0 % labels.count] }, dtype: "int64")
  }

  /// One-hot rows.
  package static func oneHot(_ classes: Int, rows: Int = 200) -> ArrayFacts {
    let values = (0..<rows * classes).map { $0 % classes == ($0 / classes) % classes ? 1.0 : 0 }
    return ArrayFacts(example: values, columns: classes)
  }

  /// Rows of independent zeros and ones.
  package static func multiHot(_ labels: Int, rows: Int = 200) -> ArrayFacts {
    ArrayFacts(
      example: (0..<rows * labels).map { ($0 * 7919) % 11 < 4 ? 1.0 : 0 }, columns: labels)
  }
}
