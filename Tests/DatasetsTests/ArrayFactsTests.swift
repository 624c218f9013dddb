import CaseFile
import Datasets
import Tensors
import Testing

@Suite struct ArrayFactsTests {
  /// Shapes on both sides of every way of counting: single numbers a row, tables, images, rows
  /// longer than any table, and blocks that are not full.
  static let shapes = [
    [1], [5], [70_000], [7, 1], [3, 4], [1000, 64], [4, 5, 6], [3, 5000], [2, 4096],
  ]

  /// Numbers that a linear congruence spreads over −1000…1000, some of them NaN or infinite.
  static func numbers(_ count: Int, badEvery: Int) -> [Double] {
    var state: UInt64 = 1
    return (0..<count).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(Int64(bitPattern: state) >> 20) / Double(1 << 43) * 1000
      guard badEvery > 0, index % badEvery == 3 else { return number }
      return index % 2 == 0 ? .nan : -.infinity
    }
  }

  @Test(arguments: shapes, [0, 7, 100])
  func agreesWithTheDefinition(_ shape: [Int], badEvery: Int) throws {
    let numbers = Self.numbers(shape.reduce(1, *), badEvery: badEvery)
    let facts = try ArrayFacts(
      of: SourceArray(shape: shape, numbers: numbers, dtype: "float64"), isTarget: true)
    expectClose(facts.overall, Statistics(of: numbers))
    let length = shape.dropFirst().reduce(1, *)
    if length > 1, length <= ArrayFacts.maximumColumns {
      #expect(facts.columns.count == length)
      for column in 0..<length {
        let values = stride(from: column, to: numbers.count, by: length).map { numbers[$0] }
        expectClose(facts.columns[column], Statistics(of: values))
      }
    } else {
      #expect(facts.columns.isEmpty)
    }
    let bad = numbers.indices.filter { !numbers[$0].isFinite }
    #expect(facts.nonFiniteRows == Set(bad.map { $0 / length }).count)
    #expect(
      facts.nonFinite
        == bad.prefix(5).map { ArrayFacts.Location(row: $0 / length, column: $0 % length) })
    let sorted = numbers.filter(\.isFinite).sorted()
    if let low = sorted.first, let high = sorted.last {
      #expect(facts.percentiles.count == 101)
      #expect(facts.percentiles.first == low)
      #expect(facts.percentiles.last == high)
      #expect(facts.percentiles == facts.percentiles.sorted())
    }
  }

  func expectClose(_ found: Statistics, _ expected: Statistics) {
    #expect(found.count == expected.count)
    #expect(found.nanCount == expected.nanCount)
    #expect(found.infinityCount == expected.infinityCount)
    #expect(found.minimum == expected.minimum)
    #expect(found.maximum == expected.maximum)
    #expect(abs(found.mean - expected.mean) <= 1e-9 * (1 + expected.standardDeviation))
    #expect(
      abs(found.standardDeviation - expected.standardDeviation)
        <= 1e-9 * (1 + expected.standardDeviation))
  }

  @Test func largeOffsetsKeepTheirSpread() throws {
    let numbers = (0..<1000).map { 1e9 + Double($0 % 2) }
    let facts = try ArrayFacts(
      of: SourceArray(shape: [500, 2], numbers: numbers, dtype: "float64"), isTarget: false)
    #expect(facts.columns.map(\.standardDeviation) == [0, 0])
    #expect(facts.columns.map(\.mean) == [1e9, 1e9 + 1])
    #expect(abs(facts.overall.standardDeviation - 0.5) < 1e-9)
  }

  @Test func numbersBeyondSinglePrecisionCountAsInfinite() throws {
    let facts = try ArrayFacts(
      of: SourceArray(shape: [3], numbers: [1e300, -1e39, 3.4028234e38], dtype: "float64"),
      isTarget: false)
    #expect(facts.overall.infinityCount == 2)
    #expect(Float(3.4028235677973e38).isInfinite == false)
    #expect(Float(0x1.ffffffp+127).isInfinite)
  }

  @Test func labels() throws {
    let facts = try ArrayFacts(
      of: SourceArray(shape: [6], numbers: [0, 0, 2, 2, 2, 1], dtype: "int64"), isTarget: true)
    #expect(facts.isIntegral)
    #expect(facts.distinct.map(\.value) == [0, 1, 2])
    #expect(facts.distinct.map(\.count) == [2, 1, 3])
    #expect(facts.runs.map(\.value) == [0, 2, 1])
    #expect(facts.runs.map(\.count) == [2, 3, 1])
    #expect(facts.percentiles[50] == 1.5)
  }

  @Test func tooManyDifferentValuesAreNotListed() throws {
    for (count, listed) in [(1000, 1000), (1001, 0)] {
      let facts = try ArrayFacts(
        of: SourceArray(shape: [count], numbers: (0..<count).map(Double.init), dtype: "int64"),
        isTarget: false)
      #expect(facts.distinct.count == listed)
      #expect(facts.runs.count == listed)
    }
  }

  @Test(arguments: [
    ([1.0, 0, 0, 0, 1, 0], true, true), ([0.5, 0.5, 0, 0.2, 0.3, 0.5], false, true),
    ([1, 1, 0, 0, 0, 1], false, false), ([2, -1, 0, 1, 0, 0], false, false),
    ([0, 0, 0, 0, 0, 1], false, false), ([.nan, 1, 0, 0, 1, 0], false, false),
  ])
  func rowsOfProbabilities(_ numbers: [Double], isOneHot: Bool, sumToOne: Bool) throws {
    let facts = try ArrayFacts(
      of: SourceArray(shape: [2, 3], numbers: numbers, dtype: "float32"), isTarget: true)
    #expect(facts.isOneHot == isOneHot)
    #expect(facts.rowsSumToOne == sumToOne)
  }

  @Test func wholeNumbersAreSeenInAnyType() throws {
    for (numbers, expected) in [
      ([1.0, 2, -3], true), ([1, .nan, 1e20], true), ([0x1p53 + 2, 0x1p52 + 1], true),
      ([1, 2.5], false), ([0x1p-60], false), ([0x1p50 + 0.5], false),
    ] as [([Double], Bool)] {
      let facts = try ArrayFacts(
        of: SourceArray(shape: [numbers.count], numbers: numbers, dtype: "float64"),
        isTarget: false)
      #expect(facts.isIntegral == expected, "\(numbers)")
    }
  }
}
