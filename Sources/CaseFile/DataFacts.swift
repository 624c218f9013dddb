/// What is known of the arrays that a model is trained on.
public struct DataFacts: Codable, Hashable, Sendable {
  /// The features; one entry an input of the model.
  public var features: [ArrayFacts]
  /// The targets; `nil` if none were given.
  public var targets: ArrayFacts?
  /// The features of the validation data.
  public var validationFeatures: [ArrayFacts]
  /// The targets of the validation data.
  public var validationTargets: ArrayFacts?
  /// How rows repeat; `nil` if they were not compared.
  public var repetition: RowRepetition?
  /// How many rows of features stand beside the targets of other rows, where that is known from the way
  /// in which they were made; `nil`: it is not known, or there is none.
  public var misplacedRows: Int?
  /// How far the columns of the training and the validation rows are apart; `nil`: not compared.
  public var samples: SampleComparison?
  /// How the values of a few columns are spread, those whose scale stands out; `nil`: not counted.
  public var histograms: [ColumnHistogram]?

  /// Facts of a data set.
  public init(
    features: [ArrayFacts], targets: ArrayFacts?, validationFeatures: [ArrayFacts] = [],
    validationTargets: ArrayFacts? = nil
  ) {
    self.features = features
    self.targets = targets
    self.validationFeatures = validationFeatures
    self.validationTargets = validationTargets
  }
}

/// How the values of one column of the features are spread.
public struct ColumnHistogram: Codable, Hashable, Sendable {
  /// Which input of the model it belongs to, from 0.
  public var input: Int
  /// The position within the row, from 0.
  public var column: Int
  /// The edges of the ranges, rising, one more than there are counts.
  public var edges: [Double]
  /// How many finite values lie in each.
  public var counts: [Int]

  /// How the values of one column are spread.
  public init(input: Int, column: Int, edges: [Double], counts: [Int]) {
    self.input = input
    self.column = column
    self.edges = edges
    self.counts = counts
  }
}

/// What is known of one array whose first axis counts the rows.
public struct ArrayFacts: Codable, Hashable, Sendable {
  /// Its shape, rows first.
  public var shape: [Int]
  /// NumPy's name of its element type, as `float64`, `int64`, `<U5`.
  public var dtype: String
  /// Statistics over all its elements.
  public var overall: Statistics
  /// Statistics by column: elements with the same position within the row. For rows longer than
  /// ``ArrayFacts/maximumColumns`` there is none.
  public var columns: [Statistics]
  /// The names of the columns, where the source has them.
  public var columnNames: [String]
  /// The first elements that are NaN or infinite, at most ``ArrayFacts/maximumLocations``.
  public var nonFinite: [Location]
  /// How many rows hold an element that is NaN or infinite.
  public var nonFiniteRows: Int
  /// Whether every finite element is a whole number.
  public var isIntegral: Bool
  /// The distinct values and how often each occurs, in rising order; empty if there are more than
  /// ``ArrayFacts/maximumDistinct``.
  public var distinct: [ValueCount]
  /// For `[rows, columns]` with more than one column: whether every row is one 1 among zeros.
  public var isOneHot: Bool
  /// For `[rows, columns]` with more than one column: whether every row adds up to 1, nothing below 0.
  public var rowsSumToOne: Bool
  /// The values of one-dimensional integral targets in the order of the rows, as runs of equal
  /// ones; empty if there are more than ``ArrayFacts/maximumRuns`` runs.
  public var runs: [ValueCount]
  /// How many elements were strings that could not be read as numbers (they count as NaN above).
  public var unreadable: Int
  /// For targets: the percentiles 0…100 of the finite elements, 101 numbers; else empty. They tell
  /// how much of the targets lies outside what an output activation can give.
  public var percentiles: [Double]
  /// What of the above is not known and stands for something likely only; `nil`: all is known.
  public var unknown: Set<Part>?
  /// Whether the figures are of numbers drawn as the run draws its own: `true` for a script that was
  /// read and not run.
  public var isDrawn: Bool?

  /// A part of the facts of an array that may be unknown while the others are known.
  public enum Part: String, Codable, Hashable, Sendable {
    /// How many rows there are.
    case rows
    /// In which order the rows stand.
    case order
    /// How often each value occurs.
    case shares
  }
  /// For features: the rows of which an element lies far outside of its column's bulk, from 0; at most
  /// ``ArrayFacts/maximumExtremeRows``. `nil` where it was not looked for.
  public var extremeRows: [Int]?

  /// How many far-out rows are listed.
  public static let maximumExtremeRows = 200
  /// Beyond this many columns per-column statistics are dropped: they no longer fit a report and
  /// such rows are images or spectra, whose pixels share a scale.
  public static let maximumColumns = 4096
  /// How many places of bad elements are listed.
  public static let maximumLocations = 5
  /// Beyond this many distinct values an array is a measurement, not a set of labels.
  public static let maximumDistinct = 1000
  /// Beyond this many runs labels are mixed, not sorted.
  public static let maximumRuns = 1000

  /// The place of one element.
  public struct Location: Codable, Hashable, Sendable {
    /// The row, from 0.
    public var row: Int
    /// The position within the row, from 0.
    public var column: Int
    /// The place of one element.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// A value and how often it occurs.
  public struct ValueCount: Codable, Hashable, Sendable {
    /// The value.
    public var value: Double
    /// How often it occurs.
    public var count: Int
    /// A value and how often it occurs.
    public init(value: Double, count: Int) {
      self.value = value
      self.count = count
    }
  }

  /// Facts of an array.
  public init(
    shape: [Int], dtype: String, overall: Statistics, columns: [Statistics] = [],
    columnNames: [String] = [], nonFinite: [Location] = [], nonFiniteRows: Int = 0,
    isIntegral: Bool = false, distinct: [ValueCount] = [], isOneHot: Bool = false,
    rowsSumToOne: Bool = false, runs: [ValueCount] = [], unreadable: Int = 0,
    percentiles: [Double] = [], extremeRows: [Int]? = nil
  ) {
    self.shape = shape
    self.dtype = dtype
    self.overall = overall
    self.columns = columns
    self.columnNames = columnNames
    self.nonFinite = nonFinite
    self.nonFiniteRows = nonFiniteRows
    self.isIntegral = isIntegral
    self.distinct = distinct
    self.isOneHot = isOneHot
    self.rowsSumToOne = rowsSumToOne
    self.runs = runs
    self.unreadable = unreadable
    self.percentiles = percentiles
    self.extremeRows = extremeRows
  }

  /// How many rows there are.
  public var rows: Int { shape.first ?? 0 }
  /// How many elements a row has.
  public var rowLength: Int { shape.dropFirst().reduce(1, *) }
}
