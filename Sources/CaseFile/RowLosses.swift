/// How the loss is spread over single rows after the run, with the weights frozen.
public struct RowLosses: Codable, Hashable, Sendable {
  /// The rows that were learned from.
  public var training: Sample
  /// Rows that were not; `nil` if there are none.
  public var heldOut: Sample?

  /// The losses of some rows.
  public struct Sample: Codable, Hashable, Sendable {
    /// How many rows were looked at.
    public var rows: Int
    /// Their mean loss, without penalties.
    public var mean: Double
    /// The standard error of the mean: the spread over rows divided by the root of their number.
    public var standardError: Double
    /// The share of the whole loss that the worst hundredth of the rows carries.
    public var worstShare: Double
    /// The rows of the largest loss, the worst first, as the user counts them.
    public var worst: [Row]

    /// The losses of some rows.
    public init(
      rows: Int, mean: Double, standardError: Double, worstShare: Double, worst: [Row]
    ) {
      self.rows = rows
      self.mean = mean
      self.standardError = standardError
      self.worstShare = worstShare
      self.worst = worst
    }
  }

  /// One row with its loss.
  public struct Row: Codable, Hashable, Sendable {
    /// The row, from 0.
    public var row: Int
    /// Its loss.
    public var loss: Double
    /// One row with its loss.
    public init(row: Int, loss: Double) {
      self.row = row
      self.loss = loss
    }
  }

  /// The losses of single rows.
  public init(training: Sample, heldOut: Sample?) {
    self.training = training
    self.heldOut = heldOut
  }
}
