package import CaseFile
package import Tensors

extension RowRepetition {
  /// More rows than this take longer to compare than an answer in milliseconds allows; and of so
  /// many a sample would tell nothing of pairs.
  private static let maximumRows = 100_000
  /// More elements than this likewise.
  private static let maximumElements = 20_000_000
  /// Rows are near each other if no element differs by more than this share of its column's spread.
  private static let nearness = 1e-3
  /// How many neighbours along the projection are compared on either side.
  private static let neighbours = 4

  /// Compares the rows of features with each other and with those of validation features; `nil` for
  /// arrays that are too large, or that do not belong together.
  ///
  /// - Throws: What reading a file throws.
  package init?(training: any RowSource, validation: (any RowSource)?) throws {
    let length = training.rowLength
    func isSmall(_ source: any RowSource) -> Bool {
      source.rowCount <= Self.maximumRows && source.shape.count <= Self.maximumElements
    }
    guard length > 0, isSmall(training),
      validation.map({ $0.rowLength == length && isSmall($0) }) ?? true
    else { return nil }
    let (training, validation) = (try training.tensor(), try validation?.tensor())
    var firsts: [UInt64: Int] = [:]
    firsts.reserveCapacity(training.rowCount)
    var pairs: [Pair] = []
    var repeated = 0
    for row in 0..<training.rowCount {
      let key = Self.hash(training.scalars, row * length, length)
      if let first = firsts[key] {
        repeated += 1
        if pairs.count < Self.maximumPairs { pairs.append(Pair(first: first, later: row)) }
      } else {
        firsts[key] = row
      }
    }
    var (seen, seenPairs) = (0, [Pair]())
    if let validation {
      for row in 0..<validation.rowCount {
        guard let first = firsts[Self.hash(validation.scalars, row * length, length)] else {
          continue
        }
        seen += 1
        if seenPairs.count < Self.maximumPairs { seenPairs.append(Pair(first: first, later: row)) }
      }
    }
    self.init(
      training: repeated, validation: seen,
      nearValidation: validation.map { Self.near($0, training, length) } ?? 0,
      validationRows: validation?.rowCount ?? 0, pairs: pairs)
    if validation != nil { validationPairs = seenPairs }
  }

  /// FNV-1a over the bits of a row; 64 bits make a chance meeting of 10⁵ rows a matter of 10⁻⁹.
  private static func hash(_ scalars: [Float], _ start: Int, _ length: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in start..<start + length {
      // −0 equals 0.
      let value = scalars[index] == 0 ? 0 : scalars[index]
      hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3
      hash ^= hash >> 29
    }
    return hash
  }

  /// How many rows of one array lie next to a row of the other: neighbours have neighbouring
  /// projections on any direction, so only those need comparing.
  private static func near(_ rows: Tensor, _ others: Tensor, _ length: Int) -> Int {
    guard others.rowCount > 1 else { return 0 }
    var (sums, squares) = (
      [Double](repeating: 0, count: length), [Double](repeating: 0, count: length)
    )
    for (index, value) in others.scalars.enumerated() {
      sums[index % length] += Double(value)
      squares[index % length] += Double(value) * Double(value)
    }
    let count = Double(others.rowCount)
    let spreads = zip(sums, squares).map { sum, square in
      max(0, square / count - sum / count * (sum / count)).squareRoot()
    }
    let direction = RandomNumbers(seed: 1, purpose: .probing, stream: 7).normal(length)
    func projection(_ tensor: Tensor, _ row: Int) -> Double {
      var sum = 0.0
      for column in 0..<length where spreads[column] > 0 {
        sum +=
          Double(tensor.scalars[row * length + column]) * Double(direction[column])
          / spreads[column]
      }
      return sum
    }
    let sorted = (0..<others.rowCount).map { (projection(others, $0), $0) }
      .sorted { $0.0 < $1.0 }
    func isNear(_ row: Int, _ other: Int) -> Bool {
      (0..<length).allSatisfy { column in
        abs(
          Double(rows.scalars[row * length + column])
            - Double(others.scalars[other * length + column])) <= nearness * spreads[column]
      }
    }
    return (0..<rows.rowCount).count { row in
      let place = projection(rows, row)
      guard place.isFinite else { return false }
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle].0 < place { low = middle + 1 } else { high = middle }
      }
      return (max(0, low - neighbours)..<min(sorted.count, low + neighbours)).contains {
        isNear(row, sorted[$0].1)
      }
    }
  }
}

extension DataFacts {
  /// The same with how rows repeat.
  mutating func compareRows(
    _ training: (any RowSource)?, _ validation: (any RowSource)?
  ) throws {
    guard let training else { return }
    repetition = try RowRepetition(training: training, validation: validation)
  }
}
