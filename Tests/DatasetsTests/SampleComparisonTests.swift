import CaseFile
import Datasets
import Tensors
import Testing

/// Two sets of rows are told apart where their populations differ, and nowhere else.
struct SampleComparisonTests {
  private func rows(
    _ count: Int, _ columns: Int, seed: UInt64,
    _ change: (Float, Int) -> Float = { value, _ in value }
  ) -> Tensor {
    let numbers = RandomNumbers(seed: seed, purpose: .probing).normal(count * columns)
    return Tensor(
      shape: [count, columns],
      scalars: numbers.enumerated().map { change($0.element, $0.offset % columns) })
  }

  @Test func samplesOfOnePopulationDoNotDiffer() throws {
    let differing = try (1...200).reduce(0) { sum, seed in
      let seed = UInt64(seed)
      let samples = try #require(
        try SampleComparison(rows(300, 20, seed: seed), rows(100, 20, seed: seed + 5000)))
      return sum + samples.differing
    }
    // 4,000 columns at a level of 1e-4 over the twenty of each comparison.
    #expect(differing == 0)
  }

  @Test func aColumnThatIsSpreadOtherwiseIsFound() throws {
    let other = rows(200, 6, seed: 9) { $1 == 4 ? 3 * $0 : $0 }
    let samples = try #require(try SampleComparison(rows(400, 6, seed: 3), other))
    #expect(samples.farthest == 4 && samples.differing == 1 && samples.columns == 6)
    #expect(samples.distance > 0.2 && samples.typicalDistance < 0.15)
  }

  @Test func equalValuesCountAtOnce() throws {
    let whole = rows(300, 1, seed: 1) { value, _ in value > 0 ? 1 : 0 }
    let other = rows(300, 1, seed: 2) { value, _ in value > 0 ? 1 : 0 }
    #expect(try #require(try SampleComparison(whole, other)).distance < 0.15)
  }

  @Test func whatCannotBeComparedIsNot() throws {
    #expect(try SampleComparison(rows(300, 2, seed: 1), rows(300, 3, seed: 1)) == nil)
    #expect(try SampleComparison(rows(300, 2, seed: 1), rows(5, 2, seed: 1)) == nil)
  }
}
