import CaseFile

/// Running extremes, sums and squares by column, in one pass.
///
/// Sums are taken of the distance from the column's first finite value, so that large offsets do not
/// eat the digits of the spread, and constant columns have a spread of exactly 0.
struct ColumnSums {
  private let width: Int
  private var rows = 0
  private var origin: [Double]
  private var low: [Double]
  private var high: [Double]
  private var sum: [Double]
  private var squares: [Double]
  /// Per column, how many were NaN and infinite; empty until the first one is met.
  private var nans: [Int] = []
  private var infinities: [Int] = []
  private var hasOrigin = false

  /// Keras' numbers: a larger one rounds to infinity. (2 − 2⁻²⁴) · 2¹²⁷.
  static let largest = 0x1.ffffffp+127

  init(width: Int) {
    self.width = width
    origin = [Double](repeating: .nan, count: width)
    low = [Double](repeating: .infinity, count: width)
    high = [Double](repeating: -.infinity, count: width)
    sum = [Double](repeating: 0, count: width)
    squares = sum
  }

  /// How many elements of a row are NaN or infinite, or would be as 32-bit numbers.
  static func badCount(_ row: UnsafePointer<Double>, _ width: Int) -> Int {
    var bad = 0
    for column in 0..<width { bad &+= abs(row[column]) < largest ? 0 : 1 }
    return bad
  }

  /// Adds a row of finite values, or (slowly) one with others among them.
  mutating func add(_ row: UnsafePointer<Double>, isFinite: Bool) {
    rows += 1
    if isFinite, hasOrigin {
      addFinite(row)
    } else {
      addAny(row)
    }
  }

  private mutating func addFinite(_ row: UnsafePointer<Double>) {
    let width = self.width
    origin.withUnsafeBufferPointer { origin in
      low.withUnsafeMutableBufferPointer { low in
        high.withUnsafeMutableBufferPointer { high in
          sum.withUnsafeMutableBufferPointer { sum in
            squares.withUnsafeMutableBufferPointer { squares in
              guard let origin = origin.baseAddress, let low = low.baseAddress,
                let high = high.baseAddress, let sum = sum.baseAddress,
                let squares = squares.baseAddress
              else { return }
              for column in 0..<width {
                let value = row[column]
                low[column] = value < low[column] ? value : low[column]
                high[column] = value > high[column] ? value : high[column]
                let distance = value - origin[column]
                sum[column] += distance
                squares[column] += distance * distance
              }
            }
          }
        }
      }
    }
  }

  private mutating func addAny(_ row: UnsafePointer<Double>) {
    for column in 0..<width {
      let value = row[column]
      guard abs(value) < Self.largest else {
        if nans.isEmpty {
          nans = [Int](repeating: 0, count: width)
          infinities = nans
        }
        if value.isNaN { nans[column] += 1 } else { infinities[column] += 1 }
        continue
      }
      if origin[column].isNaN { origin[column] = value }
      low[column] = min(low[column], value)
      high[column] = max(high[column], value)
      let distance = value - origin[column]
      sum[column] += distance
      squares[column] += distance * distance
    }
    hasOrigin = hasOrigin || !origin.contains { $0.isNaN }
  }

  /// The statistics of each column.
  var columns: [Statistics] {
    (0..<width).map { column in
      let bad = nans.isEmpty ? 0 : nans[column] + infinities[column]
      let count = Double(rows - bad)
      let shift = count > 0 ? sum[column] / count : 0
      let variance = count > 0 ? max(0, squares[column] / count - shift * shift) : 0
      return Statistics(
        count: rows, nanCount: nans.isEmpty ? 0 : nans[column],
        infinityCount: nans.isEmpty ? 0 : infinities[column],
        minimum: count > 0 ? low[column] : 0, maximum: count > 0 ? high[column] : 0,
        mean: count > 0 ? origin[column] + shift : 0, standardDeviation: variance.squareRoot())
    }
  }
}

extension Statistics {
  /// The statistics of all elements from those of parts (Chan, Golub and LeVeque 1979).
  init(joining parts: [Statistics]) {
    var (count, finite, nans, infinities) = (0, 0.0, 0, 0)
    var (low, high) = (Double.infinity, -Double.infinity)
    var (mean, squares) = (0.0, 0.0)
    for part in parts {
      count += part.count
      nans += part.nanCount
      infinities += part.infinityCount
      let added = Double(part.count - part.nonFiniteCount)
      guard added > 0 else { continue }
      low = min(low, part.minimum)
      high = max(high, part.maximum)
      let distance = part.mean - mean
      let total = finite + added
      squares +=
        part.standardDeviation * part.standardDeviation * added
        + distance * distance * finite / total * added
      mean += distance * added / total
      finite = total
    }
    self.init(
      count: count, nanCount: nans, infinityCount: infinities, minimum: finite > 0 ? low : 0,
      maximum: finite > 0 ? high : 0, mean: mean,
      standardDeviation: finite > 0 ? (squares / finite).squareRoot() : 0)
  }
}
