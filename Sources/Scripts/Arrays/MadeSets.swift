/// The sets of data that scikit-learn makes from random numbers.
enum MadeSets {
  /// All, by name.
  static let all: [String: ArrayFunctions.Function] = [
    "make_moons": curves { label, angle in
      label == 0
        ? (Mathematics.cosine(angle), Mathematics.sine(angle))
        : (1 - Mathematics.cosine(angle), 0.5 - Mathematics.sine(angle))
    },
    "make_circles": { arguments, evaluator in
      let factor = arguments.value("factor")?.double ?? 0.8
      return try curves { label, angle in
        let radius = label == 0 ? 1 : factor
        return (radius * Mathematics.cosine(2 * angle), radius * Mathematics.sine(2 * angle))
      }(arguments, evaluator)
    },
    "make_blobs": blobs, "make_classification": classification, "make_regression": regression,
    "make_multilabel_classification": labels,
    "make_friedman1": { arguments, evaluator in
      guard let rows = count(arguments, "n_samples", 0, 100),
        let columns = count(arguments, "n_features", 1, 10), columns >= 5,
        let x = evaluator.draws.array([rows, columns], .float, { $0.uniform() })
      else { return .unknown }
      let noise = arguments.value("noise")?.double ?? 0
      let y = (0..<x.rows).map { row -> Double in
        let v = (0..<5).map { x.data[row * columns + $0] }
        return 10 * Mathematics.sine(.pi * v[0] * v[1]) + 20 * (v[2] - 0.5) * (v[2] - 0.5)
          + 10 * v[3] + 5 * v[4] + noise * evaluator.draws.normal()
      }
      return pair(x, NDArray([y.count], y, .float, isDrawn: true), evaluator)
    },
  ]

  /// A whole number of an argument, or its standard; `nil` where it is not known.
  static func count(
    _ arguments: CallArguments, _ name: String, _ place: Int, _ standard: Int
  ) -> Int? {
    guard let value = arguments.value(place, name) else { return standard }
    return value.int.flatMap { (1...2_000_000).contains($0) ? $0 : nil }
  }

  /// Features and labels whose rows belong together.
  static func pair(
    _ x: NDArray?, _ y: NDArray?, _ evaluator: Evaluator
  ) -> Value {
    var (x, y) = (x, y)
    if let rows = x?.rows, y?.rows == rows {
      x?.origin = RowOrigin(source: evaluator.draws.number(), count: rows)
      y?.origin = x?.origin
    }
    return .tuple([ArrayFunctions.result(x), ArrayFunctions.result(y)])
  }

  /// Two classes along two curves.
  private static func curves(
    _ point: @escaping @Sendable (Int, Double) -> (Double, Double)
  ) -> ArrayFunctions.Function {
    { arguments, evaluator in
      guard let rows = count(arguments, "n_samples", 0, 100) else { return .unknown }
      let noise = arguments.value("noise")?.double ?? 0
      var (x, y) = ([Double](), [Double]())
      for index in evaluator.draws.permutation(rows) {
        let label = index % 2
        let place = point(label, .pi * Double(index / 2) / Double(max(1, rows / 2 - 1)))
        x.append(place.0 + noise * evaluator.draws.normal())
        x.append(place.1 + noise * evaluator.draws.normal())
        y.append(Double(label))
      }
      return pair(
        NDArray([rows, 2], x, .float, isDrawn: true), NDArray([rows], y, .int, isDrawn: true),
        evaluator)
    }
  }

  private static func blobs(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let rows = count(arguments, "n_samples", 0, 100),
      let columns = count(arguments, "n_features", 1, 2)
    else { return .unknown }
    let given = arguments.value(2, "centers")
    let spread = arguments.value(3, "cluster_std")?.double ?? 1
    var centers: [[Double]] = []
    if let given, given.int == nil, !given.isNone {
      guard let array = ArrayConversion.array(given), array.shape.count == 2,
        array.shape[1] == columns || arguments.value(1, "n_features") == nil
      else { return .unknown }
      let width = array.shape[1]
      centers = (0..<array.rows).map { Array(array.data[$0 * width..<($0 + 1) * width]) }
    } else {
      guard (1...1000).contains(given?.int ?? 3), columns <= 10_000 else { return .unknown }
      centers = (0..<(given?.int ?? 3)).map { _ in
        (0..<columns).map { _ in 20 * evaluator.draws.uniform() - 10 }
      }
    }
    guard !centers.isEmpty, rows * centers[0].count <= NDArray.limit else { return .unknown }
    var (x, y) = ([Double](), [Double]())
    for index in evaluator.draws.permutation(rows) {
      let label = index % centers.count
      for value in centers[label] { x.append(value + spread * evaluator.draws.normal()) }
      y.append(Double(label))
    }
    return pair(
      NDArray([rows, centers[0].count], x, .float, isDrawn: true),
      NDArray([rows], y, .int, isDrawn: true), evaluator)
  }

  private static func regression(
    _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    guard let rows = count(arguments, "n_samples", 0, 100),
      let columns = count(arguments, "n_features", 1, 100),
      let informative = count(arguments, "n_informative", 2, 10),
      let targets = count(arguments, "n_targets", 3, 1)
    else { return .unknown }
    let noise = arguments.value("noise")?.double ?? 0
    let bias = arguments.value("bias")?.double ?? 0
    guard let x = evaluator.draws.array([rows, columns], .float, { $0.normal() }) else {
      return .unknown
    }
    let used = min(informative, columns)
    let factors = (0..<used * targets).map { _ in 100 * evaluator.draws.uniform() }
    var y: [Double] = []
    for row in 0..<x.rows {
      for target in 0..<targets {
        var value = bias + noise * evaluator.draws.normal()
        for index in 0..<used {
          value += factors[index * targets + target] * x.data[row * columns + index]
        }
        y.append(value)
      }
    }
    var result = NDArray(targets == 1 ? [x.rows] : [x.rows, targets], y, .float, isDrawn: true)
    result.declaredRows = x.declaredRows
    return pair(x, result, evaluator)
  }

  /// Counts of words and several labels a row, which here do not depend on each other.
  private static func labels(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    evaluator.usesStandIns = true
    guard let rows = count(arguments, "n_samples", 0, 100),
      let columns = count(arguments, "n_features", 1, 20),
      let classes = count(arguments, "n_classes", 2, 5),
      let mean = count(arguments, "n_labels", 3, 2),
      // Words of a document of 50, spread over the columns.
      let x = evaluator.draws.array([rows, columns], .float, { $0.poisson(50 / Double(columns)) }),
      let y = evaluator.draws.array(
        [rows, classes], .int,
        {
          $0.uniform() < min(0.9, Double(mean) / Double(classes + 1)) ? 1 : 0
        })
    else { return .unknown }
    return pair(x, y, evaluator)
  }
}
