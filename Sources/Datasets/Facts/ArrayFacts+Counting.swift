package import CaseFile
package import FileAccess

extension ArrayFacts {
  /// Counts the facts of an array in one pass over its elements.
  ///
  /// Numbers that are infinite as 32-bit numbers count as infinite: that is how a model sees them.
  /// - Parameter isTarget: Whether percentiles are wanted.
  /// - Throws: ``InputError`` if the elements stay in a file that cannot be read to its end.
  package init(of array: SourceArray, isTarget: Bool) throws(InputError) {
    var counter = ArrayCounter(array)
    try counter.count()
    let columns = counter.sums.columns
    let hasColumns = array.rowLength > 1 && array.rowLength <= ArrayFacts.maximumColumns
    let distinct = counter.distinct.sorted ?? []
    let overall = Statistics(joining: columns + counter.rest)
    let isIntegral = array.isIntegerType || counter.isIntegral
    let isTable = array.shape.count == 2 && array.rowLength > 1 && array.rows > 0
    self.init(
      shape: array.shape, dtype: array.dtype, overall: overall, columns: hasColumns ? columns : [],
      columnNames: array.columnNames, nonFinite: counter.locations,
      nonFiniteRows: counter.badRows, isIntegral: isIntegral,
      distinct: distinct.map { ValueCount(value: $0.value, count: $0.count) },
      isOneHot: isTable && counter.isOneHot, rowsSumToOne: isTable && counter.rowsSumToOne,
      runs: isIntegral && overall.nonFiniteCount == 0 ? try equalRuns(of: array) : [],
      unreadable: array.unreadable,
      percentiles: isTarget ? try hundredths(of: array, distinct: distinct) : [])
  }
}

/// One pass over an array, in blocks that fit the cache.
private struct ArrayCounter {
  let array: SourceArray
  let rowLength: Int
  /// How many elements are added side by side: a row, or, where rows are short or very long, as many
  /// as make a good loop.
  let width: Int
  var sums: ColumnSums
  /// Statistics of the elements at the end that do not fill a whole width.
  var rest: [Statistics] = []
  var distinct = DistinctValues(limit: ArrayFacts.maximumDistinct)
  var locations: [ArrayFacts.Location] = []
  var badRows = 0
  private var lastBadRow = -1
  var isIntegral = true
  var isOneHot = true
  var rowsSumToOne = true

  /// How far the sum of a row of probabilities may be from 1: probabilities are often written with
  /// four digits.
  private static let sumTolerance = 1e-3

  init(_ array: SourceArray) {
    self.array = array
    rowLength = max(1, array.rowLength)
    let fitsColumns = rowLength > 1 && rowLength <= ArrayFacts.maximumColumns
    width = fitsColumns ? rowLength : min(max(1, array.count), ArrayFacts.maximumColumns)
    sums = ColumnSums(width: width)
    let isTable = array.shape.count == 2 && fitsColumns
    (isOneHot, rowsSumToOne) = (isTable, isTable)
  }

  mutating func count() throws(InputError) {
    // About 256 KiB of doubles, whole widths.
    let blockSize = max(1, 32_768 / width) * width
    try array.forEachBlock(of: blockSize) { start, block in
      add(block, start: start)
      return true
    }
  }

  private mutating func add(_ block: UnsafeBufferPointer<Double>, start: Int) {
    guard let first = block.baseAddress else { return }
    distinct.add(block)
    if isIntegral, !array.isIntegerType { isIntegral = isWhole(block) }
    if isOneHot || rowsSumToOne { checkRows(block) }
    for offset in stride(from: 0, to: block.count, by: width) {
      let size = min(width, block.count - offset)
      let bad = ColumnSums.badCount(first + offset, size)
      if bad > 0 { locate(first + offset, size, at: start + offset) }
      if size == width {
        sums.add(first + offset, isFinite: bad == 0)
      } else {
        var end = ColumnSums(width: 1)
        for index in offset..<offset + size { end.add(first + index, isFinite: false) }
        rest = end.columns
      }
    }
  }

  private mutating func locate(_ values: UnsafePointer<Double>, _ count: Int, at start: Int) {
    for index in 0..<count where !(abs(values[index]) < ColumnSums.largest) {
      let (row, column) = (start + index).quotientAndRemainder(dividingBy: rowLength)
      if row != lastBadRow { badRows += 1 }
      lastBadRow = row
      if locations.count < ArrayFacts.maximumLocations {
        locations.append(ArrayFacts.Location(row: row, column: column))
      }
    }
  }

  private func isWhole(_ block: UnsafeBufferPointer<Double>) -> Bool {
    // Adding and taking away 1.5 · 2⁵² rounds to a whole number; from 2⁵¹ on doubles are whole, or
    // nearly so, and NaN and infinities do not count.
    let shift = 0x1.8p52
    var broken = 0
    for value in block {
      broken &+= (value + shift) - shift != value && abs(value) < 0x1p51 ? 1 : 0
    }
    return broken == 0
  }

  private mutating func checkRows(_ block: UnsafeBufferPointer<Double>) {
    for start in stride(from: 0, to: block.count, by: rowLength) {
      var (sum, ones, zeros, low) = (0.0, 0, 0, 0.0)
      for index in start..<start + rowLength {
        let value = block[index]
        sum += value
        ones &+= value == 1 ? 1 : 0
        zeros &+= value == 0 ? 1 : 0
        low = value < low ? value : low
      }
      if ones != 1 || zeros != rowLength - 1 { isOneHot = false }
      if !(abs(sum - 1) <= Self.sumTolerance && low >= 0) { rowsSumToOne = false }
      if !isOneHot, !rowsSumToOne { return }
    }
  }
}

/// The values in the order of the rows as runs of equal ones, for arrays of one number a row.
private func equalRuns(of array: SourceArray) throws(InputError) -> [ArrayFacts.ValueCount] {
  guard array.rowLength == 1, !array.shape.isEmpty else { return [] }
  var result: [ArrayFacts.ValueCount] = []
  var isMixed = false
  try array.forEachBlock(of: 4096) { _, block in
    for value in block {
      if let last = result.last, last.value == value {
        result[result.count - 1].count += 1
      } else {
        isMixed = result.count == ArrayFacts.maximumRuns
        if isMixed { return false }
        result.append(ArrayFacts.ValueCount(value: value, count: 1))
      }
    }
    return true
  }
  return isMixed ? [] : result
}

/// The percentiles 0…100 of the finite elements, between neighbours linearly, as NumPy's.
private func hundredths(
  of array: SourceArray, distinct: [(value: Double, count: Int)]
) throws(InputError) -> [Double] {
  // Sorting more takes longer than the rest of the facts together; evenly spread elements serve.
  let maximum = 1 << 20
  var counted: [(value: Double, count: Int)] = distinct.filter {
    abs($0.value) < ColumnSums.largest
  }
  if distinct.isEmpty {
    let step = max(1, array.count / maximum)
    var picked: [Double] = []
    try array.forEachBlock(of: 32_768) { start, block in
      // The first place in the block whose number is a multiple of the step.
      for place in stride(from: (step - start % step) % step, to: block.count, by: step)
      where abs(block[place]) < ColumnSums.largest { picked.append(block[place]) }
      return true
    }
    counted = picked.sorted().map { ($0, 1) }
  }
  let total = counted.reduce(0) { $0 + $1.count }
  guard total > 0 else { return [] }
  var result: [Double] = []
  var (index, before) = (0, 0)
  func value(_ rank: Int) -> Double {
    while before + counted[index].count <= rank {
      before += counted[index].count
      index += 1
    }
    return counted[index].value
  }
  for percent in 0...100 {
    let rank = Double(percent) / 100 * Double(total - 1)
    let lower = Int(rank)
    let low = value(lower)
    let (keptIndex, keptBefore) = (index, before)
    let high = lower + 1 < total ? value(lower + 1) : low
    (index, before) = (keptIndex, keptBefore)
    let fraction = rank - Double(lower)
    result.append(fraction == 0 ? low : low + (high - low) * fraction)
  }
  return result
}
