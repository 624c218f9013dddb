/// How often rows of features occur more than once.
public struct RowRepetition: Codable, Hashable, Sendable {
  /// How many training rows equal an earlier one.
  public var training: Int
  /// How many validation rows equal a training row.
  public var validation: Int
  /// How many validation rows lie next to a training row: equal to three digits.
  public var nearValidation: Int
  /// How many validation rows there are.
  public var validationRows: Int
  /// For rows that are to be split: for each row the number of the first row that equals it, where
  /// there is an earlier one. Sorted by the later row; at most ``RowRepetition/maximumPairs``.
  public var pairs: [Pair]
  /// Whether the rows were followed from where they were made, and not compared by their numbers.
  public var isTraced: Bool?

  /// For each validation row that equals a training row, both numbers; at most
  /// ``RowRepetition/maximumPairs``. `nil` where they were not kept.
  public var validationPairs: [Pair]?

  /// Beyond this many pairs the first ones stand for all.
  public static let maximumPairs = 2000

  /// Two rows that are equal.
  public struct Pair: Codable, Hashable, Sendable {
    /// The first row with these features.
    public var first: Int
    /// A later one.
    public var later: Int
    /// Two rows that are equal.
    public init(first: Int, later: Int) {
      self.first = first
      self.later = later
    }
  }

  /// How rows repeat.
  public init(
    training: Int, validation: Int, nearValidation: Int, validationRows: Int, pairs: [Pair]
  ) {
    self.training = training
    self.validation = validation
    self.nearValidation = nearValidation
    self.validationRows = validationRows
    self.pairs = pairs
  }
}
