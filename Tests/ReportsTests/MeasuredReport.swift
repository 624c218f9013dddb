import CaseFile

/// A report with everything that pictures are drawn from.
enum MeasuredReport {
  static let report: Report = {
    var report = SampleReports.faultProven
    report.run = run
    report.curve = run.recorded?.history["loss"] ?? []
    report.causes[0].suspectRows = [
      SuspectRow(row: 17, found: "3", expected: "8", confidence: 0.97),
      SuspectRow(row: 4, found: "1"),
    ]
    return report
  }()

  private static let run: CaseFile = {
    var run = CaseFile()
    run.environment = EnvironmentFacts(keras: "3.15.0", backend: "jax", python: "3.12.3")
    run.fit = FitFacts(epochs: 5, batchSize: 32)
    run.recorded = RecordedRun(
      status: .finished,
      history: [
        "loss": [2.3, 8, 30, 110, .nan], "val_loss": [2.4, 9, 31, 120, .nan],
        "accuracy": [0.1, 0.1, 0.11, 0.1, 0.1], "val_accuracy": [0.1, 0.1, 0.1, 0.1, 0.1],
      ])
    func column(_ low: Double, _ high: Double) -> Statistics {
      Statistics(
        count: 100, minimum: low, maximum: high, mean: (low + high) / 2,
        standardDeviation: (high - low) / 6)
    }
    func features(_ scale: Double) -> ArrayFacts {
      ArrayFacts(
        shape: [100, 2], dtype: "float64", overall: column(0, 90_000),
        columns: [column(18, 90), column(0, 90_000 * scale)], columnNames: ["age", "income"],
        nonFinite: [ArrayFacts.Location(row: 7, column: 1)], nonFiniteRows: 1)
    }
    var data = DataFacts(
      features: [features(1)],
      targets: ArrayFacts(
        shape: [100], dtype: "int64", overall: column(0, 1), isIntegral: true,
        distinct: [
          ArrayFacts.ValueCount(value: 0, count: 90), ArrayFacts.ValueCount(value: 1, count: 10),
        ]),
      validationFeatures: [features(0.5)])
    data.histograms = [
      ColumnHistogram(
        input: 0, column: 1, edges: [0, 30_000, 60_000, 90_000], counts: [80, 15, 5])
    ]
    run.data = data
    var measured = Measurements()
    measured.baseline = [
      Outcome(seed: 1, history: ["loss": [2.3, 8.1, 30, 111]], trainingLoss: .nan, skill: .nan)
    ]
    measured.trivialLoss = 2.3
    measured.curvature = Curvature(
      largestEigenvalue: 152.4, preconditionedEigenvalue: 152.4, stabilityLimit: 0.0131,
      rate: 0.1, rows: 512)
    measured.rates = [
      RateProbe(rate: 1e-4, loss: 2.2), RateProbe(rate: 1e-3, loss: 1.6),
      RateProbe(rate: 0.01, loss: 0.4), RateProbe(rate: 0.1, loss: 40),
      RateProbe(rate: 1, loss: .infinity),
    ]
    measured.signals = [
      LayerSignals(
        layer: "dense", gradientNorm: 0.001, outputDeviation: 5.2, deadShare: 0.25,
        saturatedShare: 0),
      LayerSignals(
        layer: "<b>head</b>", gradientNorm: 2.5, outputDeviation: 1.1, deadShare: 0,
        saturatedShare: 0.5),
    ]
    measured.updateRatio = 0.02
    measured.layerUpdateRatios = ["dense": 1e-4, "<b>head</b>": 0.02]
    run.measurements = measured
    return run
  }()
}
