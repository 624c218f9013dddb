public import Engine

/// How an optimizer moves rows of tables of which a batch looks up few.
///
/// A rule belongs to one run and may remember the steps so far. Passes work on one part of a table, so
/// that threads share the work.
public protocol RowRule: AnyObject {
  /// By how many steps a row may lag behind; `nil` if rows without a gradient do not change.
  var mostAge: Int? { get }
  /// Finds the rows of the batch and brings them up to date, and those whose turn it is.
  func open(_ rows: TableRows, part: Int)
  /// Brings all rows up to date.
  func settle(_ rows: TableRows, part: Int)
  /// A step with this learning rate begins; the number counts from 1.
  func advance(rate: Float, number: Int)
  /// Moves the rows of the batch by their gradients, where these do not wait.
  func step(_ rows: TableRows, part: Int)
}
