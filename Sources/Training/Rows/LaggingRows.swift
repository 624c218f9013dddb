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
  private let tables: [(parameter: Int, rows: TableRows)]
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
      let slots = (0..<memory.slotCount).map { memory.laggingSlots[$0] + slot.offset }
      return (
        table.parameter,
        TableRows(
          weights: memory.laggingParameters + slot.offset, slots: slots, rows: slot.shape[0],
          width: slot.shape[1], lookups: table.lookups, mostAge: rule.mostAge)
      )
    }
  }

  /// Whether these are the tables that lookups are in, and large enough for them.
  func areTables(of lookups: RowLookups) -> Bool {
    tables.count == lookups.tables.count
      && tables.indices.allSatisfy {
        let (table, wanted) = (tables[$0], lookups.tables[$0])
        return table.parameter == wanted.parameter && table.rows.fits(wanted.lookups)
      }
  }

  /// Brings the rows that a batch looks up to date.
  func open(_ lookups: RowLookups) {
    precondition(!isOpen, "a batch whose step was not taken")
    for (number, table) in tables.enumerated() {
      table.rows.open(lookups.tables[number].lookups)
      inParts(table.rows, count: table.rows.lookupCount) { rule.open(table.rows, part: $0) }
    }
    isOpen = true
  }

  /// Moves the rows of the batch.
  func step(rate: Float, number: Int) {
    precondition(isOpen, "a step without a batch")
    rule.advance(rate: rate, number: number)
    for table in tables {
      table.rows.advance()
      if table.rows.gradientsWait { continue }
      inParts(table.rows, count: table.rows.lookupCount) { rule.step(table.rows, part: $0) }
    }
    isSettled = rule.mostAge == nil
    isOpen = false
  }

  /// Brings all rows up to date.
  func settle() {
    if isSettled { return }
    precondition(!isOpen, "a batch whose step was not taken")
    for table in tables {
      inParts(table.rows, count: table.rows.rows) { rule.settle(table.rows, part: $0) }
      table.rows.markAllSettled()
    }
    isSettled = true
  }

  /// Elements that are worth a piece: some ten microseconds.
  private static let pieceSize = 32768

  /// Calls the body for all parts, as a rule each part on the same thread from step to step, in whose
  /// cache its rows are.
  private func inParts(_ rows: TableRows, count: Int, _ body: (Int) -> Void) {
    let parts = rows.parts
    let pieces = max(1, min(parts, backend.threads, count * rows.width / Self.pieceSize))
    backend.inPieces(pieces) { piece in
      for part in stride(from: piece, to: parts, by: pieces) { body(part) }
    }
  }
}
