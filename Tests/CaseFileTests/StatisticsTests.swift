import CaseFile
import Testing

/// Statistics are over the finite numbers, and count the others.
struct StatisticsTests {
  @Test func figuresOfPlainNumbers() {
    let figures = Statistics(of: [2, 4, 4, 4, 5, 5, 7, 9])
    #expect(figures.count == 8 && figures.nonFiniteCount == 0)
    #expect(figures.minimum == 2 && figures.maximum == 9)
    #expect(figures.mean == 5 && figures.standardDeviation == 2)
  }

  @Test func numbersThatAreNoneAreCountedApart() {
    let figures = Statistics(of: [1, .nan, 3, .infinity, -.infinity])
    #expect(figures.count == 5 && figures.nanCount == 1 && figures.infinityCount == 2)
    #expect(figures.mean == 2 && figures.standardDeviation == 1)
  }

  @Test func nothingGivesZeros() {
    #expect(
      Statistics(of: [Double]())
        == Statistics(count: 0, minimum: 0, maximum: 0, mean: 0, standardDeviation: 0))
  }
}
