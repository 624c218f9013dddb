import CKernels

/// A table of which a batch looks up few rows. Its rows lag behind the steps until they are needed, and
/// a step moves those of the batch alone.
///
/// The order of calls: ``open(_:)`` with the lookups of a batch and a pass that brings their rows up to
/// date, the run of the program, a pass that takes the step, and ``close(isSettled:)``.
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
  }

  /// What the kernels know of the table.
  var table = dh_table_rows()
  private var linkCapacity = 0

  /// A table `[rows, width]` whose rows are all up to date.
  ///
  /// - Parameters:
  ///   - weights: The table.
  ///   - slots: Up to two slots of the optimizer, laid out alike.
  public init(
    weights: UnsafeMutablePointer<Float>, slots: [UnsafeMutablePointer<Float>], rows: Int,
    width: Int
  ) {
    precondition(slots.count <= 2, "\(slots.count) slots")
    precondition(rows < Int(Int32.max), "\(rows) rows")
    table.weights = weights
    table.mean = slots.first
    table.spread = slots.count > 1 ? slots[1] : nil
    (table.rows, table.width) = (Int64(rows), Int64(width))
    table.marks = .allocate(capacity: rows)
    table.marks.initialize(repeating: 1, count: rows)
    table.heads = .allocate(capacity: rows)
    table.heads.initialize(repeating: -1, count: rows)
    table.found = .allocate(capacity: rows)
    table.found.initialize(repeating: 0, count: rows)
  }

  deinit {
    table.marks.deallocate()
    table.heads.deallocate()
    table.found.deallocate()
    table.links?.deallocate()
  }

  /// How many rows there are.
  public var rows: Int { Int(table.rows) }
  /// How long a row is.
  public var width: Int { Int(table.width) }
  /// How many rows the batch looks up.
  public var foundCount: Int { Int(table.found_count) }

  /// Takes in the lookups of a batch.
  ///
  /// - Parameter sweep: The rows that are to be settled besides, since their turn has come.
  public func open(_ lookups: [Lookups], sweep: Range<Int>) {
    let count = lookups.map(\.numbers.count).reduce(0, +)
    if count > linkCapacity {
      table.links?.deallocate()
      table.links = .allocate(capacity: count)
      linkCapacity = count
    }
    (table.sweep_first, table.sweep_end) = (Int64(sweep.lowerBound), Int64(sweep.upperBound))
    // Last to first, as the kernel links them.
    var end = count
    for part in lookups.reversed() {
      end -= part.numbers.count
      dh_rows_find(
        &table, part.numbers.baseAddress, Int64(part.numbers.count), Int64(end), part.values,
        Int64(part.repeats))
    }
  }

  /// Marks the swept rows as settled.
  public func markSwept() { dh_rows_mark_swept(&table) }

  /// Begins the next step.
  public func advance() { table.now &+= 1 }

  /// Marks the rows of the batch as moved by the step and forgets the batch.
  ///
  /// - Parameter isSettled: Whether their weights are moved too, or only their slots.
  public func close(isSettled: Bool) { dh_rows_close(&table, isSettled ? 1 : 0) }

  /// Marks all rows as up to date.
  public func markAllSettled() {
    table.marks.update(repeating: 2 &* table.now &+ 1, count: rows)
  }

  /// Plain gradient descent for the rows of the batch: w −= rate·g.
  public func gradientDescent(rate: Float, columns: Range<Int>) {
    var table = table
    dh_sgd_rows_step(&table, rate, Int64(columns.lowerBound), Int64(columns.upperBound))
  }
}
