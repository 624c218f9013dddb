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

  /// Up to so many arrays the best of two ways is taken: its time grows with their square. Recurrent
  /// layers unfold into tens of thousands.
  private static let mostForBest = 1000

  /// Gives every array its place, from `start` on.
  init(_ needs: [Need], from start: Int) {
    offsets = [Int](repeating: start, count: needs.count)
    count = start
    if needs.count <= Self.mostForBest { placeLargestFirst(needs) } else { placeInOrder(needs) }
  }

  /// Places arrays as they come to be, each in the tightest gap that ended ones have left.
  private mutating func placeInOrder(_ needs: [Need]) {
    var gaps: [(offset: Int, size: Int)] = []
    func release(_ offset: Int, _ size: Int) {
      var place = gaps.partition(before: offset)
      gaps.insert((offset, size), at: place)
      if place + 1 < gaps.count, offset + size == gaps[place + 1].offset {
        gaps[place].size += gaps.remove(at: place + 1).size
      }
      if place > 0, gaps[place - 1].offset + gaps[place - 1].size == offset {
        let size = gaps.remove(at: place).size
        place -= 1
        gaps[place].size += size
      }
    }
    let byStart = needs.indices.sorted {
      (needs[$0].lifetime.lowerBound, $0) < (needs[$1].lifetime.lowerBound, $1)
    }
    let byEnd = needs.indices.sorted {
      (needs[$0].lifetime.upperBound, $0) < (needs[$1].lifetime.upperBound, $1)
    }
    var ended = 0
    for index in byStart {
      while needs[byEnd[ended]].lifetime.upperBound < needs[index].lifetime.lowerBound {
        release(offsets[byEnd[ended]], Self.aligned(needs[byEnd[ended]].count))
        ended += 1
      }
      let size = Self.aligned(needs[index].count)
      let fitting = gaps.indices.filter { gaps[$0].size >= size }
      if let gap = fitting.min(by: { gaps[$0].size < gaps[$1].size }) {
        offsets[index] = gaps[gap].offset
        gaps[gap] = (gaps[gap].offset + size, gaps[gap].size - size)
        if gaps[gap].size == 0 { gaps.remove(at: gap) }
      } else {
        offsets[index] = count
        count += size
      }
    }
  }

  /// Places the largest arrays first, each in the lowest gap that is free for its lifetime.
  private mutating func placeLargestFirst(_ needs: [Need]) {
    let start = count
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

extension [(offset: Int, size: Int)] {
  /// The first place, in ascending order of offsets, that does not come before an offset.
  fileprivate func partition(before offset: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
