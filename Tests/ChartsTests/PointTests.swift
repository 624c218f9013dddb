import Charts
import Testing

@Suite("Points")
struct PointTests {
  @Test("are thinned without losing an extreme, an end, or a value that is none")
  func thinning() {
    var values = (0..<100_000).map { Double($0 % 97) }
    values[777] = 1e6
    values[50_000] = -1e6
    values[70_001] = .nan
    let points = Point.counted(values)
    let thin = Point.thinned(points, to: 1600)
    #expect(thin.count <= 1600 * 5 / 4)
    #expect(thin.first == points.first && thin.last == points.last)
    #expect(thin.map(\.y).contains(1e6) && thin.map(\.y).contains(-1e6))
    #expect(thin.contains { $0.y.isNaN })
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x < $1.x })
    #expect(Point.thinned(Array(points.prefix(100)), to: 1600).count == 100)
  }
}
