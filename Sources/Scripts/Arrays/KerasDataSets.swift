/// The sets of data that Keras loads: their shapes, and how their values spread.
enum KerasDataSets {
  private struct Images {
    var shape: [Int]
    var rows: (Int, Int)
    var classes: Int
    var hasLabelAxis: Bool
    var quantiles: [Double]
  }

  // Quantiles of the pixels in steps of 5 %, from the published means and deviations.
  private static let handwriting =
    [Double](repeating: 0, count: 17) + [80, 190, 252, 255]
  private static let clothing =
    [Double](repeating: 0, count: 11) + [10, 40, 75, 110, 140, 170, 196, 217, 237, 255]
  private static let photographs: [Double] = [
    0, 20, 33, 45, 55, 65, 74, 84, 95, 105, 116, 127, 137, 147, 158, 170, 184, 200, 220, 243, 255,
  ]

  private static let images: [String: Images] = [
    "mnist": Images(
      shape: [28, 28], rows: (60000, 10000), classes: 10, hasLabelAxis: false,
      quantiles: handwriting),
    "fashion_mnist": Images(
      shape: [28, 28], rows: (60000, 10000), classes: 10, hasLabelAxis: false, quantiles: clothing),
    "cifar10": Images(
      shape: [32, 32, 3], rows: (50000, 10000), classes: 10, hasLabelAxis: true,
      quantiles: photographs),
    "cifar100": Images(
      shape: [32, 32, 3], rows: (50000, 10000), classes: 100, hasLabelAxis: true,
      quantiles: photographs),
  ]

  /// How many rows stand for the many of a set of images.
  private static let sampleRows = 300

  /// `keras.datasets.NAME.load_data()`.
  static func load(_ name: String, _ arguments: CallArguments, _ evaluator: Evaluator) -> Value {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 4, parts[3] == "load_data" else { return .unknown }
    evaluator.usesStandIns = true
    if let set = images[parts[2]] {
      return .tuple([
        images(set, rows: set.rows.0, evaluator), images(set, rows: set.rows.1, evaluator),
      ])
    }
    switch parts[2] {
    case "imdb":
      return .tuple([texts(25000, 2, arguments, evaluator), texts(25000, 2, arguments, evaluator)])
    case "reuters":
      return .tuple([texts(8982, 46, arguments, evaluator), texts(2246, 46, arguments, evaluator)])
    case "boston_housing":
      return .tuple([
        KnownSets.boston.pair(rows: 404, evaluator), KnownSets.boston.pair(rows: 102, evaluator),
      ])
    case "california_housing":
      return .tuple([
        KnownSets.california.pair(rows: 16512, evaluator),
        KnownSets.california.pair(rows: 4128, evaluator),
      ])
    default: return .unknown
    }
  }

  private static func images(_ set: Images, rows: Int, _ evaluator: Evaluator) -> Value {
    let stored = min(rows, sampleRows)
    let made = evaluator.draws.array([stored] + set.shape, .int) {
      KnownSets.draw(set.quantiles, &$0).rounded()
    }
    guard var x = made else { return .unknown }
    x.dtype = "uint8"
    x.declaredRows = rows
    let labels = evaluator.draws.permutation(rows).map { Double($0 % set.classes) }
    var y = NDArray(set.hasLabelAxis ? [rows, 1] : [rows], labels, .int, isDrawn: true)
    y.dtype = "uint8"
    return .tuple([.array(x), .array(y)])
  }

  private static func texts(
    _ rows: Int, _ classes: Int, _ arguments: CallArguments, _ evaluator: Evaluator
  ) -> Value {
    let words = arguments.value("num_words") ?? arguments.value("nb_words")
    let labels = evaluator.draws.permutation(rows).map { Double($0 % classes) }
    var y = NDArray([rows], labels, .int, isDrawn: true)
    if classes > 2 { y.unknown = ["shares"] }
    return .tuple([
      .record(["downhill.words": words ?? .int(88587), "downhill.rows": .int(rows)]), .array(y),
    ])
  }
}
