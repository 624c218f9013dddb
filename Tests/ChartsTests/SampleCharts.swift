import Charts

/// Charts of every kind, for snapshots.
enum SampleCharts {
  static let all: [(name: String, file: String)] = [
    ("curves", curves.file()), ("diverging", diverging.file()), ("range-test", rangeTest.file()),
    ("histogram", histogram.file()), ("rows", rows.file()), ("ranges", ranges.file()),
    ("hostile", hostile.file()), ("empty", empty.file()),
  ]

  static let curves = Chart(
    "Loss by epoch", description: "Both losses fall.", x: .counting("epoch"), y: Axis("loss"),
    marks: [
      Band(Band.spread(of: [[2, 1, 0.5], [2.5, 1.4, 0.7]]), name: "spread", tone: .good),
      Line(Point.counted([2.2, 1.2, 0.6]), name: "training", tone: .first, hasDots: true),
      Line(Point.counted([2.3, 1.5, 1.1]), name: "validation", tone: .second),
      Rule(2.3, .level, label: "best constant prediction"),
    ])

  static let diverging = Chart(
    "A run that diverges", description: "The loss is NaN at last.", x: .counting("epoch"),
    y: Axis("loss", ceiling: 1e4),
    marks: [Line(Point.counted([1, 40, 3000, 2e7, .infinity, .nan, .nan, 5]), tone: .bad)])

  static let rangeTest = Chart(
    "Learning-rate range", description: "0.1 is best.",
    x: Axis("learning rate", kind: .logarithmic), y: Axis("loss"),
    marks: [
      Line(
        [Point(1e-5, 2.3), Point(1e-3, 2), Point(0.1, 0.3), Point(10, .infinity)], tone: .first),
      Rule(0.4, .upright, label: "stability limit 0.4"),
      Rule(3, .upright, label: "yours 3", tone: .bad),
    ])

  static let histogram = Chart(
    "Values of price", description: "Most are small.", x: Axis("price", kind: .linear),
    y: Axis("rows", kind: .linear, includesZero: true),
    marks: [Bins(edges: [0, 1e5, 2e5, 3e5], counts: [120, 4, 1], tone: .first)])

  static let rows = RowChart(
    "Gradients by layer", description: "They vanish.", axis: Axis("norm"),
    parts: [(nil, .first)],
    rows: [
      RowChart.Row("dense", [.bar(1e-7)]), RowChart.Row("dense_1", [.bar(1e-3)]),
      RowChart.Row("a_layer_with_a_very_long_name", [.bar(0.5)]),
      RowChart.Row("broken", [.bar(.nan)]), RowChart.Row("unknown", [nil]),
    ], rule: Rule(1e-3, .upright, label: "usual"))

  static let ranges = RowChart(
    "Scale of the columns", description: "One is far larger.",
    axis: Axis("value", kind: .linear), parts: [("training", .first), ("validation", .second)],
    rows: [
      RowChart.Row(
        "age",
        [
          .range(low: -3, high: 90, mean: 40, deviation: 20),
          .range(low: 0, high: 80, mean: 39, deviation: 19),
        ]),
      RowChart.Row("income", [.range(low: 0, high: 250, mean: 70, deviation: 60), nil]),
    ])

  static let hostile = Chart(
    "<script>alert(1)</script>", description: "\"'&\u{1b}[31m\u{202e}",
    x: Axis("</text><script>"), y: Axis("]]>"),
    marks: [Line([Point(0, 1), Point(1, 2)], name: "<b onclick=\"x\">", tone: .first)])

  static let empty = Chart(
    "Nothing finite", description: "No value is a number.", x: .counting("epoch"), y: Axis("loss"),
    marks: [Line(Point.counted([.nan, .nan]), tone: .bad)])
}
