import Datasets

/// What a training run is to be put together from: files, and arguments of `fit` that override those
/// of a recorded run.
public struct RunRequest: Hashable, Sendable {
  /// Folders of recorded runs, `.keras` files, and files of data.
  public var paths: [String]
  /// The training data, instead of that of a recorded run.
  public var data: String?
  /// Where the labels are: a column, the name of an array, or an `.npy` file.
  public var labels: String?
  /// The validation data.
  public var validation: String?
  /// The bytes that an array of the data may take in memory, as 32-bit numbers; of larger ones rows are
  /// read when they are needed.
  public var largestInMemory = DataSet.largestInMemory
  /// `epochs`.
  public var epochs: Int?
  /// `batch_size`.
  public var batchSize: Int?
  /// `validation_split`.
  public var validationSplit: Double?
  /// `shuffle`.
  public var shuffle: Bool?
  /// `class_weight`.
  public var classWeight: [Int: Double]?

  /// A request for the given files, with the arguments that were recorded or else Keras' own.
  public init(paths: [String]) { self.paths = paths }

  /// Whether any argument of `fit` is given.
  var namesFitArguments: Bool {
    epochs != nil || batchSize != nil || validationSplit != nil || shuffle != nil
      || classWeight != nil
  }
}
