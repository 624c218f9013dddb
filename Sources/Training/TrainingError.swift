import Tensors

/// Training cannot be done as asked.
public enum TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Arrays with different numbers of rows.
  case rowCounts(found: [Int])
  /// No rows at all.
  case noRows(what: String)
  /// Class weights beside sample weights.
  case twoKindsOfWeights
  /// An argument of `fit` outside of its range.
  case argument(name: String, found: String, expected: String)
  /// A callback that watches something that is not logged, or whose direction nobody knows.
  case monitor(callback: String, name: String, known: [String])
  /// A word without a row in its table, or a label without an output unit.
  case numberOutOfRange(owner: String, found: String, row: Int, count: Int)
  /// A state of another model or optimizer.
  case stateSize(what: String, found: Int, expected: Int)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .rowCounts(let found):
      "data: found arrays with \(found.map(String.init).joined(separator: ", ")) rows, expected "
        + "equal numbers along axis 0. Every input row needs one target row."
    case .noRows(let what): "\(what): found no rows, expected at least one. Give more data."
    case .twoKindsOfWeights:
      "fit: found class_weight beside sample_weight, expected one of them. "
        + "Multiply the sample weights by the class weights."
    case .argument(let name, let found, let expected):
      "fit: '\(name)': found \(found), expected \(expected). Change the argument."
    case .monitor(let callback, let name, let known):
      "\(callback): monitor: found '\(name)', expected one of \(known.joined(separator: ", ")) "
        + "(with mode 'min' or 'max' for metrics of unknown direction). "
        + "Change the argument, or give validation data for names that begin with 'val_'."
    case .numberOutOfRange(let owner, let found, let row, let count):
      "\(owner): found the number \(found) in row \(row), expected numbers from 0 to \(count - 1). "
        + "Number them from 0, or give the layer as many as the largest number + 1."
    case .stateSize(let what, let found, let expected):
      "\(what): found \(found) numbers, expected \(expected). Use a state made for this model."
    }
  }
}
