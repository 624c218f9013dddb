import CKernels

/// A table of which a batch looks up few rows. Its rows lag behind the steps until they are needed, and
/// a step moves those of the batch alone.
///
/// The order of calls: ``open(_:)`` with the lookups of a batch, a pass over each part that finds their
/// rows and brings them up to date, the run of the program, ``advance()``, and a pass over each part that
/// takes the step unless ``gradientsWait``.
///
/// Rows are dealt out to parts, so that several threads share the work without writing to the same lines
/// of the cache.
public final class TableRows {
  /// Lookups of one batch: the numbers of rows, and what will flow back to them.
  public struct Lookups {
    /// The numbers, as the operation `gather` reads them.
    public let numbers: UnsafeBufferPointer<Float>
    /// A row of gradients for each `repeats` lookups that follow each other.
    public let values: UnsafePointer<Float>
    /// How many lookups share a row of `values`.
    public let repeats: Int

    /// Lookups.
    public init(
      numbers: UnsafeBufferPointer<Float>, values: UnsafePointer<Float>, repeats: Int
    ) {
      self.numbers = numbers
      self.values = values
      self.repeats = repeats
    }

    /// How many elements flow back, with rows of this length.
    fileprivate func valueCount(_ width: Int) -> Int { numbers.count / repeats * width }
  }

  /// What the kernels know of the table.
  var table = dh_table_rows()
  /// What was given of the last batch.
  private var lookups: [Lookups] = []
  private var kernelLookups: [dh_row_lookups]
  /// How many lookups a batch may have at most, and how many elements may flow back to them.
  private let most: (lookups: Int, values: Int)
  /// What flowed back in the last steps, `nil` unless gradients wait.
  private let waiting: UnsafeMutablePointer<Float>?
  /// For how many steps what flowed back is kept, and where the links of each began, by part.
  private let keptSteps: Int
  private var starts: [UInt32]

  /// What flows back to rows is kept until they are looked up again if it is not more than this for all
  /// steps that a row may lag: four megabytes, about what rows that are passed over once less save
  /// in a step.
  private static let mostWaiting = 1 << 20

  /// A table `[rows, width]` whose rows are all up to date.
  ///
  /// - Parameters:
  ///   - weights: The table.
  ///   - slots: Up to two slots of the optimizer, laid out alike.
  ///   - lookups: Those of a batch; later ones must be as many at most.
  ///   - mostAge: By how many steps a row may lag; `nil` if no row does.
  public init(
    weights: UnsafeMutablePointer<Float>, slots: [UnsafeMutablePointer<Float>], rows: Int,
    width: Int, lookups: [Lookups], mostAge: Int?
  ) {
    precondition(slots.count <= 2, "\(slots.count) slots")
    precondition(rows < Int(Int32.max), "\(rows) rows")
    most = (
      lookups.map(\.numbers.count).reduce(0, +),
      lookups.map { $0.valueCount(width) }.reduce(0, +)
    )
    kernelLookups = []
    keptSteps = (mostAge ?? 0) + 1
    let waits = mostAge != nil && keptSteps * most.values <= Self.mostWaiting
    waiting = waits ? AlignedMemory.zeros(keptSteps * most.values) : nil
    table.weights = weights
    table.mean = slots.first
    table.spread = slots.count > 1 ? slots[1] : nil
    (table.rows, table.width) = (Int64(rows), Int64(width))
    table.gradients_wait = waits ? 1 : 0
    table.states = AlignedMemory.repeating(dh_row_state(mark: 1, head: 0), count: rows)
    let parts = Int(dh_row_parts(table.rows, table.width))
    let block = Int(DH_ROWS_IN_BLOCK)
    let partRows = (rows + block * parts - 1) / (block * parts) * block
    starts = Array(repeating: 0, count: parts * keptSteps)
    table.part_count = Int64(parts)
    table.swept = mostAge.map { Int64((partRows + $0 - 1) / $0) } ?? 0
    table.parts = AlignedMemory.repeating(dh_row_part(), count: parts)
    for number in 0..<parts {
      let part = table.parts + number
      // The kernels write one entry or vector more than they keep.
      part.pointee.found = AlignedMemory.repeating(dh_found_row(), count: partRows + 1)
      part.pointee.rows = AlignedMemory.repeating(0, count: most.lookups + Self.listRoom)
      part.pointee.places = AlignedMemory.repeating(0, count: most.lookups + Self.listRoom)
      let capacity = Self.linkCapacity(most.lookups)
      part.pointee.links = AlignedMemory.repeating(dh_row_link(), count: capacity)
      part.pointee.link_mask = UInt32(capacity - 1)
    }
  }

  deinit {
    for number in 0..<parts {
      let part = table.parts[number]
      part.found.deallocate()
      part.rows.deallocate()
      part.places.deallocate()
      part.links.deallocate()
    }
    table.parts.deallocate()
    table.states.deallocate()
    waiting?.deallocate()
  }

  /// How many rows there are.
  public var rows: Int { Int(table.rows) }
  /// How long a row is.
  public var width: Int { Int(table.width) }
  /// How many parts the rows are dealt out to; each may be worked on by a thread of its own.
  public var parts: Int { Int(table.part_count) }
  /// How many lookups the batch has.
  public var lookupCount: Int { kernelLookups.reduce(0) { $0 + Int($1.count) } }
  /// Whether rows take what flows back to them only when they are brought up to date.
  public var gradientsWait: Bool { waiting != nil }

  /// Whether a batch with these lookups is no larger than the table was made for.
  public func fits(_ lookups: [Lookups]) -> Bool {
    var (count, values) = (0, 0)
    for part in lookups {
      count += part.numbers.count
      values += part.valueCount(width)
    }
    return count <= most.lookups && values <= most.values
  }

  /// Takes in the lookups of a batch; a pass finds their rows.
  public func open(_ lookups: [Lookups]) {
    self.lookups = lookups
    let first = lookups.map(\.values).min()
    table.values = waiting.map { UnsafePointer($0) } ?? first
    kernelLookups.removeAll(keepingCapacity: true)
    let step = Int((table.now &+ 1) % UInt32(keptSteps))
    var end = step * most.values
    for part in lookups {
      let values = waiting == nil ? first.map { part.values - $0 } ?? 0 : end
      end += part.valueCount(width)
      kernelLookups.append(
        dh_row_lookups(
          numbers: part.numbers.baseAddress, count: Int64(part.numbers.count),
          repeats: Int64(part.repeats), values: UInt32(values)))
    }
    for number in 0..<parts {
      let oldest = starts[number * keptSteps + (step + 1) % keptSteps]
      starts[number * keptSteps + step] = table.parts[number].link_end
      reserveLinks(of: number, since: waiting == nil ? table.parts[number].link_end : oldest)
    }
  }

  /// Gives a closure the table as the kernels know it.
  func withTable<R>(_ body: (UnsafePointer<dh_table_rows>) -> R) -> R {
    kernelLookups.withUnsafeBufferPointer { lookups in
      var table = table
      table.lookups = lookups.baseAddress
      table.lookup_count = Int64(lookups.count)
      return body(&table)
    }
  }

  /// Makes room for the links of a batch besides those that are still needed.
  private func reserveLinks(of number: Int, since oldest: UInt32) {
    var part = table.parts[number]
    let needed = Int(part.link_end &- oldest) + most.lookups
    if needed <= Int(part.link_mask) + 1 { return }
    let capacity = Self.linkCapacity(needed)
    let links = AlignedMemory.repeating(dh_row_link(), count: capacity)
    let mask = UInt32(capacity - 1)
    var position = oldest
    while position != part.link_end {
      links[Int(position & mask)] = part.links[Int(position & part.link_mask)]
      position &+= 1
    }
    part.links.deallocate()
    (part.links, part.link_mask) = (links, mask)
    table.parts[number] = part
  }

  /// Room for so many links: a power of two, so that a mask finds the place of each.
  private static func linkCapacity(_ count: Int) -> Int {
    var capacity = 1
    while capacity < count { capacity *= 2 }
    return capacity
  }

  /// One vector of the widest kernels.
  private static let listRoom = 16

  /// Begins the next step. What flowed back in the last run is kept if gradients wait.
  public func advance() {
    table.now &+= 1
    guard let waiting else { return }
    var target = waiting + Int(table.now % UInt32(keptSteps)) * most.values
    for part in lookups {
      let count = part.valueCount(width)
      target.update(from: part.values, count: count)
      target += count
    }
  }

  /// Marks all rows as up to date.
  public func markAllSettled() {
    for row in 0..<rows { table.states[row].mark = 2 &* table.now &+ 1 }
  }

  /// Finds the rows of a part that the batch looks up; they are up to date already.
  public func find(part: Int) { withTable { dh_rows_find($0, Int64(part)) } }

  /// Plain gradient descent for the batch's rows of a part: w −= rate·g.
  public func gradientDescent(rate: Float, part: Int) {
    withTable { dh_sgd_rows_step($0, rate, Int64(part)) }
  }
}
