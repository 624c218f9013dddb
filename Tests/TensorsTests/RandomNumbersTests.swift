import Tensors
import Testing

struct RandomNumbersTests {
  /// The known answers that the authors of Philox publish for counter and key 0.
  @Test func knownAnswer() {
    let words = RandomNumbers(seed: 0, purpose: .graph).words(4)
    #expect(words == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
  }

  @Test func uniformNumbersFillTheInterval() {
    let numbers = RandomNumbers(seed: 3, purpose: .probing, stream: 5, step: 9).uniform(100_003)
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    let mean = numbers.map(Double.init).reduce(0, +) / Double(numbers.count)
    // Six standard errors of the mean, √(1/12n).
    #expect(abs(mean - 0.5) < 6 * 0.000_913)
  }

  @Test func normalNumbersHaveTheirMoments() {
    let numbers = RandomNumbers(seed: 3, purpose: .probing).normal(100_003).map(Double.init)
    let count = Double(numbers.count)
    func moment(_ power: Int) -> Double {
      numbers.map { x in (0..<power).reduce(1) { product, _ in product * x } }.reduce(0, +) / count
    }
    // Six standard errors: √(1, 2, 15, 96 ÷ n).
    #expect(abs(moment(1)) < 6 * 0.0032)
    #expect(abs(moment(2) - 1) < 6 * 0.0045)
    #expect(abs(moment(3)) < 6 * 0.0123)
    #expect(abs(moment(4) - 3) < 6 * 0.031)
    let outside = numbers.filter { abs($0) > 1.959_964 }.count
    // 5 % beyond ±1.96; six standard errors are 0.41 %.
    #expect(abs(Double(outside) / count - 0.05) < 0.0041)
  }

  @Test func aPrefixDoesNotDependOnTheCount() {
    let numbers = RandomNumbers(seed: 11, purpose: .graph, stream: 2, step: 1 << 40)
    for count in [0, 1, 3, 63, 64, 65, 200] {
      #expect(numbers.uniform(count) == Array(numbers.uniform(500).prefix(count)))
      #expect(numbers.normal(count) == Array(numbers.normal(500).prefix(count)))
      #expect(numbers.words(count) == Array(numbers.words(500).prefix(count)))
    }
  }

  @Test func everyPartOfTheKeyMatters() {
    var seen: Set<[UInt32]> = []
    for seed: UInt64 in [0, 1, 1 << 32] {
      for purpose in RandomNumbers.Purpose.allCases {
        for stream in [0, 1, 77] {
          for step: UInt64 in [0, 1, 1 << 32] {
            let numbers = RandomNumbers(seed: seed, purpose: purpose, stream: stream, step: step)
            seen.insert(numbers.words(4))
          }
        }
      }
    }
    #expect(seen.count == 3 * 4 * 3 * 3)
  }

  @Test(arguments: [0, 1, 2, 10, 1000])
  func permutationsHoldEveryNumberOnce(count: Int) {
    let order = RandomNumbers(seed: 5, purpose: .shuffling, step: 3).permutation(count)
    #expect(order.sorted() == Array(0..<count))
  }

  @Test func permutationsAreEvenlySpread() {
    var counts: [[Int]: Int] = [:]
    for step in 0..<6000 {
      let numbers = RandomNumbers(seed: 5, purpose: .shuffling, step: UInt64(step))
      counts[numbers.permutation(3), default: 0] += 1
    }
    // Each of the six orders 1000 times; six standard deviations are 173.
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1000) < 173 })
  }
}
