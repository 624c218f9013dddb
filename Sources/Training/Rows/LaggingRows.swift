import Engine
import Graphs
import Tensors

/// The tables of a run of which batches look up few rows, and how far their rows lag behind.
///
/// Whoever reads parameters or slots by ``TrainingMemory/parameters`` and ``TrainingMemory/slots`` finds
/// them up to date; only a step on a batch works on what lags.
final class LaggingRows {
  private let rule: any RowRule
  private let backend: any Backend
  private let tables: [(parameter: Int, rows: TableRows, sweep: Int)]
  /// Where the rows that are settled in turn begin, by table.
  private var turns: [Int]
  private var isSettled = true
  /// Whether the rows of a batch were brought up to date and its step was not taken yet.
  private var isOpen = false

  /// The tables of a memory.
  init(
    _ lookups: RowLookups, memory: TrainingMemory, rule: any RowRule, backend: any Backend
  ) {
    self.rule = rule
    self.backend = backend
    tables = lookups.tables.map { table in
      let slot = memory.layout.slots[table.parameter]
      let (rows, width) = (slot.shape[0], slot.shape[1])
      let slots = (0..<memory.slotCount).map { memory.laggingSlots[$0] + slot.offset }
      return (
        table.parameter,
        TableRows(
          weights: memory.laggingParameters + slot.offset, slots: slots, rows: rows, width: width),
        rule.mostAge.map { (rows + $0 - 1) / $0 } ?? 0
      )
    }
    turns = tables.map { _ in 0 }
  }

  /// Whether these are the tables that lookups are in.
  func areTables(of lookups: RowLookups) -> Bool {
    tables.map(\.parameter) == lookups.tables.map(\.parameter)
  }

  /// Brings the rows that a batch looks up to date.
  func open(_ lookups: RowLookups) {
    precondition(!isOpen, "a batch whose step was not taken")
    for (number, table) in tables.enumerated() {
      let first = turns[number]
      let end = min(first + table.sweep, table.rows.rows)
      turns[number] = end == table.rows.rows ? 0 : end
      table.rows.open(lookups.tables[number].lookups, sweep: first..<end)
      if rule.mostAge != nil {
        inPieces(table.rows, count: table.rows.foundCount) { rule.catchUp(table.rows, columns: $0) }
      }
      table.rows.markSwept()
    }
    isOpen = true
  }

  /// Moves the rows of the batch.
  func step(rate: Float, number: Int) {
    precondition(isOpen, "a step without a batch")
    rule.advance(rate: rate, number: number)
    for table in tables {
      table.rows.advance()
      inPieces(table.rows, count: table.rows.foundCount) { rule.step(table.rows, columns: $0) }
      table.rows.close(isSettled: rule.mostAge == nil)
    }
    isSettled = rule.mostAge == nil
    isOpen = false
  }

  /// Brings all rows up to date.
  func settle() {
    if isSettled { return }
    precondition(!isOpen, "a batch whose step was not taken")
    for table in tables {
      inPieces(table.rows, count: table.rows.rows) { rule.settle(table.rows, columns: $0) }
      table.rows.markAllSettled()
    }
    isSettled = true
  }

  /// Elements that are worth a piece: some ten microseconds.
  private static let pieceSize = 32768
  /// Columns of a piece at least, two lines of the cache. The same columns go to the same thread from
  /// step to step as a rule, so that they stay in its own cache.
  private static let pieceColumns = 32

  private func inPieces(_ rows: TableRows, count: Int, _ body: (Range<Int>) -> Void) {
    let width = rows.width
    let pieces = max(1, min(width / Self.pieceColumns, count * width / Self.pieceSize))
    backend.inPieces(pieces) { piece in
      // Pieces begin with a line of the cache.
      let bounds = [piece, piece + 1].map { $0 == pieces ? width : width * $0 / pieces / 16 * 16 }
      body(bounds[0]..<bounds[1])
    }
  }
}
