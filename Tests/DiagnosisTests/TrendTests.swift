import CaseFile
import Diagnosis
import Testing

/// A law over seeds: lasting rises are found, and healthy noise is left alone.
struct TrendTests {
  /// Numbers of a normal distribution: sums of twelve uniform ones (Knuth's linear congruences).
  private func normals(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      (0..<12).reduce(-6.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) / Double(1 << 53)
      }
    }
  }

  /// A healthy curve: it falls to a floor with noise of a share of its level.
  private func healthy(_ seed: UInt64, epochs: Int, noise: Double) -> [Double] {
    let normal = normals(epochs, seed: seed)
    return (0..<epochs).map { epoch in
      let level = 0.3 + 0.7 / (1 + 0.4 * Double(epoch))
      return max(0.01, level * (1 + noise * normal[epoch]))
    }
  }

  @Test(arguments: [0.01, 0.03, 0.1, 0.2])
  func noisyHealthyCurvesDoNotRise(_ noise: Double) {
    for epochs in [10, 30, 100] {
      let alarms = (1...500).count { seed in
        Trend(risingTo: healthy(UInt64(seed), epochs: epochs, noise: noise)) != nil
      }
      #expect(alarms <= 2, "\(alarms) of 500 at \(epochs) epochs")
    }
  }

  @Test(arguments: [0.001, 0.005])
  func aRiseOfOnePercentAnEpochIsFound(_ noise: Double) {
    let found = (1...200).count { seed in
      let normal = normals(40, seed: UInt64(seed))
      let losses = (0..<40).map { epoch in
        let level =
          epoch < 10 ? 1 - 0.06 * Double(epoch) : 0.46 * power(1.01, epoch - 10)
        return level * (1 + noise * normal[epoch])
      }
      return Trend(risingTo: losses) != nil
    }
    #expect(found >= 196)
  }

  @Test func aLateDivergenceIsFound() {
    let found = (1...200).count { seed in
      var losses = healthy(UInt64(seed), epochs: 60, noise: 0.02)
      for epoch in 54..<60 { losses[epoch] *= power(1.25, epoch - 53) }
      return Trend(risingTo: losses) != nil
    }
    #expect(found >= 196)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }

  @Test func theComplaintSaysSinceWhen() throws {
    var facts = CaseFile()
    let losses = (0..<30).map { (epoch: Int) -> Double in
      guard epoch >= 20 else { return 1 / Double(epoch + 1) }
      return 0.05 * (1 + 0.3 * Double(epoch - 19))
    }
    facts.recorded = RecordedRun(status: .finished, history: ["loss": losses])
    let complaint = Complaint(facts)
    #expect(complaint.symptom == .rising)
    #expect((complaint.sinceStep ?? 0) >= 19 && (complaint.sinceStep ?? 0) <= 24)
  }
}
