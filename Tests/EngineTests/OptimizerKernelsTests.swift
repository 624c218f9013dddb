import Engine
import Tensors
import Testing

/// The passes of the optimizers against their formulas in double precision, three steps long, for
/// lengths with and without a rest. Keras' own numbers are compared where the optimizers are.
struct OptimizerKernelsTests {
  static let lengths = [1, 7, 64, 1003]

  /// Everything a pass may work on.
  private struct Memory {
    var w: [Float]
    var g: [Float]
    var slots: [[Float]]

    init(_ count: Int) {
      w = RandomNumbers(seed: 1, purpose: .probing).normal(count)
      g = RandomNumbers(seed: 2, purpose: .probing).normal(count)
      slots = [[Float]](repeating: [Float](repeating: 0, count: count), count: 3)
    }

    typealias Pass = (
      UnsafeMutablePointer<Float>, UnsafePointer<Float>, [UnsafeMutablePointer<Float>]
    ) -> Void

    /// Runs a pass on copies whose addresses it may have.
    mutating func run(_ pass: Pass) {
      let arrays = ([w, g] + slots).map { array in
        let buffer = UnsafeMutablePointer<Float>.allocate(capacity: array.count)
        buffer.initialize(from: array, count: array.count)
        return buffer
      }
      pass(arrays[0], arrays[1], Array(arrays[2...]))
      let count = w.count
      let copies = arrays.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
      for array in arrays { array.deallocate() }
      (w, g, slots) = (copies[0], copies[1], Array(copies[2...]))
    }
  }

  /// Runs three steps of a pass, and of its formula for one element (w, g, slots), and compares.
  private func compare(
    _ count: Int, pass: (Int) -> Memory.Pass,
    formula: (Int, inout Double, Double, inout [Double]) -> Void
  ) {
    var memory = Memory(count)
    var expected = memory.w.map(Double.init)
    var slots = [[Double]](repeating: [0, 0, 0], count: count)
    for step in 1...3 {
      // Another gradient at every step, so that means and maxima differ from it.
      let g = RandomNumbers(seed: 9, purpose: .probing, step: UInt64(step)).normal(count)
      memory.g = g
      memory.run(pass(step))
      for index in 0..<count {
        formula(step, &expected[index], Double(g[index]), &slots[index])
      }
    }
    for index in 0..<count {
      let difference = abs(Double(memory.w[index]) - expected[index])
      #expect(difference <= 2e-6 * max(1, abs(expected[index])), "element \(index) of \(count)")
    }
  }

  @Test(arguments: lengths)
  func gradientDescent(count: Int) {
    compare(count) { _ in
      { w, g, _ in OptimizerKernels.gradientDescent(w, g, count: count, rate: 0.1) }
    } formula: { _, w, g, _ in
      w -= 0.1 * g
    }
  }

  @Test(arguments: lengths, [false, true])
  func momentum(count: Int, nesterov: Bool) {
    compare(count) { _ in
      { w, g, slots in
        OptimizerKernels.momentum(
          w, g, m: slots[0], count: count, rate: 0.1, momentum: 0.9, nesterov: nesterov)
      }
    } formula: { _, w, g, slots in
      slots[0] = 0.9 * slots[0] - 0.1 * g
      w += nesterov ? 0.9 * slots[0] - 0.1 * g : slots[0]
    }
  }

  @Test(arguments: lengths, [(false, false), (false, true), (true, false), (true, true)])
  func rootMeanSquarePropagation(count: Int, kind: (centered: Bool, momentum: Bool)) {
    compare(count) { _ in
      { w, g, slots in
        OptimizerKernels.rootMeanSquarePropagation(
          w, g, v: slots[0], mean: kind.centered ? slots[1] : nil,
          m: kind.momentum ? slots[2] : nil, count: count, rate: 0.01, rho: 0.9,
          momentum: kind.momentum ? 0.8 : 0, epsilon: 1e-3)
      }
    } formula: { _, w, g, slots in
      slots[0] = 0.9 * slots[0] + 0.1 * g * g
      slots[1] = 0.9 * slots[1] + 0.1 * g
      let spread = slots[0] - (kind.centered ? slots[1] * slots[1] : 0)
      let step = 0.01 * g / (spread + 1e-3).squareRoot()
      slots[2] = 0.8 * slots[2] + step
      w -= kind.momentum ? slots[2] : step
    }
  }

  @Test(arguments: lengths, [false, true])
  func adam(count: Int, keepsLargest: Bool) {
    func alpha(_ step: Int) -> Double {
      let (beta1, beta2) = (1...step).reduce((1.0, 1.0)) { power, _ in
        (power.0 * 0.9, power.1 * 0.999)
      }
      return 0.01 * (1 - beta2).squareRoot() / (1 - beta1)
    }
    compare(count) { step in
      { w, g, slots in
        OptimizerKernels.adam(
          w, g, m: slots[0], v: slots[1], largest: keepsLargest ? slots[2] : nil, count: count,
          alpha: Float(alpha(step)), beta1: 0.9, beta2: 0.999, epsilon: 1e-7)
      }
    } formula: { step, w, g, slots in
      slots[0] += (g - slots[0]) * 0.1
      slots[1] += (g * g - slots[1]) * 0.001
      slots[2] = max(slots[2], slots[1])
      let spread = keepsLargest ? slots[2] : slots[1]
      w -= alpha(step) * slots[0] / (spread.squareRoot() + 1e-7)
    }
  }

  @Test(arguments: lengths)
  func helpers(count: Int) {
    var memory = Memory(count)
    let (w, g) = (memory.w, memory.g)
    let squares = g.map { Double($0) * Double($0) }.reduce(0, +)
    memory.run { moved, g, _ in
      let found = OptimizerKernels.sumOfSquares(g, count: count)
      #expect(abs(found - squares) <= 1e-12 * squares)
      OptimizerKernels.decay(moved, count: count, decay: 0.5, rate: 0.25)
    }
    #expect(memory.w == w.map { $0 * (1 - 0.125) })
    memory.w[count / 2] = .nan
    memory.run { moved, _, _ in
      OptimizerKernels.scale(moved, count: count, by: 4)
      OptimizerKernels.clip(moved, count: count, to: 0.75)
      #expect(OptimizerKernels.countNotFinite(moved, count: count) == 1)
    }
    for (index, element) in memory.w.enumerated() {
      if index == count / 2 {
        #expect(element.isNaN)
      } else {
        #expect(element == min(max(w[index] * 0.875 * 4, -0.75), 0.75))
      }
    }
  }
}
