public import Engine

/// How an optimizer moves rows of tables of which a batch looks up few.
///
/// A rule belongs to one run and may remember the steps so far. Passes get columns of a table, so that
/// threads share the work: each element stands for itself.
public protocol RowRule: AnyObject {
  /// By how many steps a row may lag behind; `nil` if rows without a gradient do not change.
  var mostAge: Int? { get }
  /// Brings the rows of the batch up to date, and those whose turn it is.
  func catchUp(_ rows: TableRows, columns: Range<Int>)
  /// Brings all rows up to date.
  func settle(_ rows: TableRows, columns: Range<Int>)
  /// A step with this learning rate begins; the number counts from 1.
  func advance(rate: Float, number: Int)
  /// Moves the rows of the batch by their gradients.
  func step(_ rows: TableRows, columns: Range<Int>)
}
