import CaseFile
import Diagnosis
import JSON
import Testing

/// What the rules read out of series, numbers and targets.
struct ReadingTests {
  @Test(arguments: [1.2, 3.5547, 40.0])
  func growthByOneFactorIsFound(_ factor: Double) throws {
    let losses = (0..<10).reduce(into: [0.5]) { losses, _ in
      losses.append(losses[losses.count - 1] * factor)
    }
    let growth = try #require(GeometricGrowth(losses))
    #expect(abs(growth.ratio / factor - 1) < 1e-9)
  }

  @Test(arguments: [
    [1.0, 0.5, 0.25, 0.12, 0.06, 0.03], [1, 1.1, 0.9, 1.05, 0.95, 1.1, 1.0],
    [1, 1.02, 1.04, 1.06, 1.08, 1.1], [1, 2, 30, 40, 41, 300], [3.0],
  ])
  func otherSeriesAreNoGeometricGrowth(_ losses: [Double]) {
    #expect(GeometricGrowth(losses) == nil)
  }

  /// Noise of a fixed size that looks like chance.
  private func noisy(_ count: Int, _ size: Double, _ level: (Int) -> Double) -> [Double] {
    (0..<count).map { level($0) * (1 + size * (Double(($0 * 7919 + 13) % 101) / 50 - 1)) }
  }

  @Test func aSlowRiseAndALateDivergenceAreFound() throws {
    let slow = noisy(30, 0.004) { 0.5 * (1 + 0.01 * Double($0)) }
    #expect(try #require(Trend(risingTo: slow)).start < 8)
    let late = noisy(40, 0.01) { $0 < 34 ? 0.4 : 0.4 * (1 + 0.2 * Double($0 - 33)) }
    #expect(try #require(Trend(risingTo: late)).start > 20)
  }

  @Test(arguments: [0.02, 0.05, 0.15])
  func aCurveThatWobblesAroundItsFloorDoesNotRise(_ size: Double) {
    #expect(Trend(risingTo: noisy(60, size) { _ in 0.3 }) == nil)
    #expect(Trend(risingTo: noisy(60, size) { 0.3 + 1 / Double($0 + 1) }) == nil)
  }

  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (-3.0, "-3"), (0.0123456, "0.01235"), (152.4, "152.4"),
    (123_456.7, "123500"), (1e27, "1e27"), (2.5e-7, "2.5e-7"), (.nan, "NaN"),
    (0.99999, "1"), (999.96, "1000"),
  ])
  func numbersAreWrittenWithFourDigits(_ number: Double, _ text: String) {
    #expect(figure(number) == text)
  }

  @Test func targetsAreReadAsAPersonWould() {
    #expect(TargetReading(.classes([0, 1])) == .binary)
    #expect(TargetReading(.classes([-1, 1])) == .twoValued(low: -1, high: 1))
    #expect(
      TargetReading(.classes([1, 2, 3])) == .classes(minimum: 1, maximum: 3, distinct: 3))
    #expect(TargetReading(.oneHot(4)) == .oneHot(columns: 4))
    #expect(TargetReading(.multiHot(5)) == .multiHot(columns: 5))
    #expect(TargetReading(.multiHot(5), hasUnitAxis: false) == .binary)
    #expect(TargetReading(.spread()) == .real(columns: 1))
    // Whole numbers with wide gaps are amounts, not classes.
    #expect(
      TargetReading(ArrayFacts(example: [312, 480, 1350, 312, 480, 1350].map(Double.init)))
        == .real(columns: 1))
  }

  @Test func aCureMustHoldInEverySeed() {
    func outcomes(_ skills: [Double]) -> [Outcome] {
      skills.enumerated().map { Outcome(seed: $0, history: [:], trainingLoss: 1, skill: $1) }
    }
    #expect(CureCriterion(baseline: outcomes([0, 0]), remedied: outcomes([0.9, 0.8])).isCure)
    #expect(!CureCriterion(baseline: outcomes([0, 0.6]), remedied: outcomes([0.9, 0.5])).isCure)
    #expect(!CureCriterion(baseline: outcomes([0.7]), remedied: outcomes([0.75])).isCure)
    #expect(!CureCriterion(baseline: outcomes([0]), remedied: outcomes([.nan])).isCure)
  }

  /// Two tables, whose layers stand in another order than the inputs.
  @Test func aWordWithoutARowIsFoundAtItsOwnInput() throws {
    func facts(films: Double, users: Double) -> CaseFile {
      func words(_ largest: Double) -> ArrayFacts {
        var x = ArrayFacts.spread(columns: 1, from: 0, to: largest)
        x.isIntegral = true
        return x
      }
      func layer(_ name: String, _ kind: String, _ rows: Int, _ input: [String]) -> LayerFacts {
        LayerFacts(
          name: name, className: kind, configuration: ["input_dim": .int(rows)], inputs: input)
      }
      var facts = CaseFile()
      facts.model = ModelFacts(
        name: "m", className: "Functional",
        layers: [
          layer("films", "InputLayer", 0, []), layer("film_rows", "Embedding", 60, ["films"]),
          layer("users", "InputLayer", 0, []), layer("user_rows", "Embedding", 40, ["users"]),
        ], inputLayers: ["users", "films"], outputLayers: [])
      facts.data = DataFacts(features: [words(users), words(films)], targets: nil)
      return facts
    }
    #expect(LookupReading(facts(films: 59, users: 39)) == nil)
    let user = try #require(LookupReading(facts(films: 59, users: 40)))
    #expect(user.layer == "user_rows" && user.largest == 40 && user.rows == 40)
    #expect(LookupReading(facts(films: 60, users: 39))?.layer == "film_rows")
    // Which array is whose is not known without the order of the inputs.
    var unknown = facts(films: 60, users: 39)
    unknown.model?.inputLayers = nil
    #expect(LookupReading(unknown) == nil)
  }
}
