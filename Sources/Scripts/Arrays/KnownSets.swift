/// A set of data that everybody has: how its columns and targets spread.
struct KnownSet: Sendable {
  /// How many rows it has.
  var rows: Int
  /// Of each column the quantiles in equal steps.
  var columns: [[Double]]
  /// Of measured targets the quantiles; empty for classes.
  var targets: [Double] = []
  /// How many rows each class has.
  var classes: [Int] = []
  /// Whether the rows are sorted by class.
  var isSorted = false
  /// Whether the features are whole numbers.
  var isWhole = false

  /// Features and targets: rows with columns that spread as those of the set.
  func pair(rows wanted: Int?, _ evaluator: Evaluator) -> Value {
    evaluator.usesStandIns = true
    let rows = wanted ?? self.rows
    var x = NDArray(
      [rows, columns.count],
      KnownSet.table(columns, rows: rows, isWhole: isWhole, &evaluator.draws), .float, isDrawn: true
    )
    x.unknown = []
    var y: NDArray
    if classes.isEmpty {
      y = NDArray(
        [rows], KnownSet.table([targets], rows: rows, isWhole: false, &evaluator.draws), .float,
        isDrawn: true)
    } else {
      let sorted = classes.enumerated().flatMap { label, count in
        [Double](repeating: Double(label), count: count)
      }
      let order = isSorted ? Array(sorted.indices) : evaluator.draws.permutation(sorted.count)
      y = NDArray([rows], order.map { sorted[$0] }, .int, isDrawn: !isSorted)
    }
    x.origin = RowOrigin(source: evaluator.draws.number(), count: rows)
    if y.rows == rows { y.origin = x.origin }
    return .tuple([.array(x), .array(y)])
  }

  /// Rows whose columns have exactly the given quantiles, each in an order of its own.
  private static func table(
    _ columns: [[Double]], rows: Int, isWhole: Bool, _ draws: inout Draws
  ) -> [Double] {
    var data = [Double](repeating: 0, count: rows * columns.count)
    for (place, quantiles) in columns.enumerated() {
      for (rank, row) in draws.permutation(rows).enumerated() {
        let value = KnownSets.value(quantiles, at: Double(rank) / Double(max(1, rows - 1)))
        data[row * columns.count + place] = isWhole ? value.rounded() : value
      }
    }
    return data
  }
}

/// Sets of data that everybody has.
enum KnownSets {
  /// The value at a share of the rows, between quantiles linearly.
  static func value(_ quantiles: [Double], at share: Double) -> Double {
    ArrayFunctions.quantile(quantiles, share)
  }

  /// A value drawn by its quantiles.
  static func draw(_ quantiles: [Double], _ draws: inout Draws) -> Double {
    value(quantiles, at: draws.uniform())
  }

  // Smallest value, quartiles and largest, as the tables of the sets give them.
  static let boston = KnownSet(
    rows: 506,
    columns: [
      [0.00632, 0.082, 0.25651, 3.677, 88.9762], [0, 0, 0, 12.5, 100],
      [0.46, 5.19, 9.69, 18.1, 27.74], [0, 0, 0, 0, 1], [0.385, 0.449, 0.538, 0.624, 0.871],
      [3.561, 5.8855, 6.2085, 6.6235, 8.78], [2.9, 45.025, 77.5, 94.075, 100],
      [1.1296, 2.100175, 3.20745, 5.188425, 12.1265], [1, 4, 5, 24, 24],
      [187, 279, 330, 666, 711], [12.6, 17.4, 19.05, 20.2, 22],
      [0.32, 375.3775, 391.44, 396.225, 396.9], [1.73, 6.95, 11.36, 16.955, 37.97],
    ], targets: [5, 17.025, 21.2, 25, 50])
  static let california = KnownSet(
    rows: 20640,
    columns: [
      [0.4999, 2.5634, 3.5348, 4.74325, 15.0001], [1, 18, 29, 37, 52],
      [0.846154, 4.440716, 5.229129, 6.052381, 141.909091],
      [0.333333, 1.006079, 1.04878, 1.099526, 34.066667], [3, 787, 1166, 1725, 35682],
      [0.692308, 2.429741, 2.818116, 3.282261, 1243.333333],
      [32.54, 33.93, 34.26, 37.71, 41.95], [-124.35, -121.8, -118.49, -118.01, -114.31],
    ], targets: [0.14999, 1.196, 1.797, 2.64725, 5.00001])
}
