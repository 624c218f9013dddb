import CKernels

/// Random numbers that depend on nothing but a seed, what they are for, and a step.
///
/// They come from a counter-based generator (Philox 4x32-10): the same three always give the same
/// numbers, in any order, on any thread and any processor. Sequences for different purposes, stream
/// numbers or steps are independent of each other.
public struct RandomNumbers: Hashable, Sendable {
  /// What random numbers are for; the purposes never share a number.
  public enum Purpose: UInt32, Hashable, Sendable, CaseIterable {
    /// `random` operations of a graph, such as dropout; the stream is the operation's.
    case graph = 0
    /// Initial weights; the stream is the number of the parameter.
    case initialization = 1
    /// The order of rows in an epoch; the step is the epoch.
    case shuffling = 2
    /// Starting vectors of probes, made-up data.
    case probing = 3
  }

  /// The seed of the whole run.
  public let seed: UInt64
  /// What the numbers are for.
  public let purpose: Purpose
  /// Which of the uses with this purpose.
  public let stream: Int
  /// Which training step, epoch or draw.
  public let step: UInt64

  /// The numbers for a seed, a purpose, a stream below 2²⁸ and a step.
  public init(seed: UInt64, purpose: Purpose, stream: Int = 0, step: UInt64 = 0) {
    precondition((0..<Self.streamLimit).contains(stream), "stream \(stream)")
    self.seed = seed
    self.purpose = purpose
    self.stream = stream
    self.step = step
  }

  /// How many streams a purpose has: the upper four bits of the word name the purpose.
  private static let streamLimit = 1 << 28

  /// The second word of the generator's counter.
  package var streamWord: UInt32 { purpose.rawValue << 28 | UInt32(stream) }

  /// The first `count` numbers evenly spread over [0, 1).
  public func uniform(_ count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      dh_random_uniform(buffer.baseAddress, count, seed, streamWord, step)
      filled = count
    }
  }

  /// The first `count` numbers with mean 0 and standard deviation 1.
  public func normal(_ count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      dh_random_normal(buffer.baseAddress, count, seed, streamWord, step)
      filled = count
    }
  }

  /// The first `count` words of 32 random bits.
  public func words(_ count: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      dh_random_words(buffer.baseAddress, 0, count, seed, streamWord, step)
      filled = count
    }
  }

  /// The numbers 0 ..< `count` in random order (Fisher and Yates).
  public func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(count) { order.swapAt($0, $1) }
    return order
  }

  /// The same order in half the memory, for the rows of large data.
  ///
  /// - Precondition: 32 bits hold the numbers.
  package func compactPermutation(_ count: Int) -> [UInt32] {
    var order = Array(0..<UInt32(count))
    shuffle(count) { order.swapAt($0, $1) }
    return order
  }

  /// Places of which random words are drawn at once.
  private static let drawnPlaces = 1 << 14

  /// Says which places to swap, so that 0 ..< `count` come into random order (Fisher and Yates).
  private func shuffle(_ count: Int, _ swap: (Int, Int) -> Void) {
    // From the last place to the first; the words of a place are those of its number.
    for first in stride(
      from: (count - 1) / Self.drawnPlaces * Self.drawnPlaces, through: 0, by: -Self.drawnPlaces)
    {
      let size = min(Self.drawnPlaces, count - first)
      let bits = [UInt32](unsafeUninitializedCapacity: 2 * size) { buffer, filled in
        dh_random_words(buffer.baseAddress, 2 * first, 2 * size, seed, streamWord, step)
        filled = 2 * size
      }
      for last in stride(from: first + size - 1, to: max(0, first - 1), by: -1) {
        // The upper half of the 128-bit product maps 64 random bits to 0...last; no place is
        // favoured by more than 2⁻⁶⁴·count.
        let place = 2 * (last - first)
        let random = UInt64(bits[place]) << 32 | UInt64(bits[place + 1])
        swap(last, Int(random.multipliedFullWidth(by: UInt64(last + 1)).high))
      }
    }
  }
}
