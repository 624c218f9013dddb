/// What predictions for rows that a model was not trained on say of the labels of those rows
/// (confident learning: Northcutt, Jiang and Chuang 2021).
public struct LabelAudit: Codable, Hashable, Sendable {
  /// Rows whose label is unlikely and another class confidently predicted, from 0, as the user
  /// counts them.
  public var suspects: [Int]
  /// The share of suspects among the rows that could be judged.
  public var share: Double
  /// The share of training rows whose label is the class that is predicted out of fold.
  public var agreement: Double
  /// The same on held-out rows, which no fold has seen; `nil` if there are none.
  public var heldOutAgreement: Double?
  /// In how many parts the rows were divided.
  public var folds: Int
  /// The suspects with their label and the one that is predicted, the most suspect first; `nil` if
  /// they are not known one by one.
  public var rows: [SuspectRow]?

  /// What out-of-fold predictions say.
  public init(
    suspects: [Int], share: Double, agreement: Double, heldOutAgreement: Double?, folds: Int,
    rows: [SuspectRow]? = nil
  ) {
    self.suspects = suspects
    self.share = share
    self.agreement = agreement
    self.heldOutAgreement = heldOutAgreement
    self.folds = folds
    self.rows = rows
  }
}
