/// Finds strings by their bytes: a table with open addressing.
package struct TokenTable: Hashable, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// The number of the string at each slot plus 1; 0 for a free one. At most half are taken.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// An empty table.
  package init() {}

  /// A table of the strings of a vocabulary; equal ones are taken once.
  package init(_ words: [String]) {
    for var word in words { _ = word.withUTF8 { insert($0) } }
  }

  /// How many different strings there are.
  package var count: Int { ends.count }

  /// A string by its number.
  package func token(_ number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of a string; `nil` if it is not here.
  package func find(_ token: UnsafeBufferPointer<UInt8>) -> Int? {
    let number = slots[slot(of: token)]
    return number == 0 ? nil : Int(number) - 1
  }

  /// The number of a string, which is taken in if it is new.
  package mutating func insert(_ token: UnsafeBufferPointer<UInt8>) -> Int {
    if 2 * ends.count >= slots.count { grow() }
    let slot = slot(of: token)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    bytes.append(contentsOf: token)
    ends.append(bytes.count)
    slots[slot] = UInt32(ends.count)
    return ends.count - 1
  }

  /// Where a string stands, or would.
  private func slot(of token: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: FarmHash64.hash(token)) & (slots.count - 1)
    while slots[slot] != 0, !self.token(Int(slots[slot]) - 1).elementsEqual(token) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for number in ends.indices {
      let slot = token(number).withUnsafeBufferPointer { self.slot(of: $0) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
