/// Gives arrays places in one memory, such that arrays that are needed at the same time do not
/// overlap and the memory stays small.
struct ArenaLayout {
  /// How long an array is needed: from the instruction that makes it to the last that reads it.
  struct Need {
    var count: Int
    var lifetime: ClosedRange<Int>
  }

  /// The offset of each array, in elements.
  private(set) var offsets: [Int]
  /// The size of the memory.
  private(set) var count: Int

  /// Arrays begin at multiples of this many floats: 64 bytes, the line of a cache.
  static let alignment = 16

  static func aligned(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

  /// Places the largest arrays first, each in the lowest gap that is free for its lifetime.
  init(_ needs: [Need], from start: Int) {
    offsets = [Int](repeating: start, count: needs.count)
    count = start
    var placed: [Int] = []
    let order = needs.indices.sorted {
      (needs[$0].count, needs[$1].lifetime.lowerBound)
        > (needs[$1].count, needs[$0].lifetime.lowerBound)
    }
    for index in order {
      let size = Self.aligned(needs[index].count)
      var offset = start
      for other in placed where needs[other].lifetime.overlaps(needs[index].lifetime) {
        if offset + size <= offsets[other] { break }
        offset = max(offset, offsets[other] + Self.aligned(needs[other].count))
      }
      offsets[index] = offset
      count = max(count, offset + size)
      let place = placed.firstIndex { offsets[$0] > offset } ?? placed.count
      placed.insert(index, at: place)
    }
  }
}
