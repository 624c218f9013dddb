package import CaseFile

/// What the targets are, as a person would say it.
package enum TargetReading: Hashable, Sendable {
  /// Two classes, written 0 and 1.
  case binary
  /// Two values other than 0 and 1.
  case twoValued(low: Double, high: Double)
  /// Numbers of classes: whole, few, close together, each on several rows.
  case classes(minimum: Int, maximum: Int, distinct: Int)
  /// One 1 among zeros in every row.
  case oneHot(columns: Int)
  /// Zeros and ones, several ones or none in a row.
  case multiHot(columns: Int)
  /// Rows of probabilities that add up to 1.
  case distribution(columns: Int)
  /// One number, or several, measured on a scale.
  case real(columns: Int)
  /// One value on every row.
  case constant(Double)
  /// Texts that are not numbers.
  case text

  /// Integers with more distinct values than this are read as measurements, not as classes, unless
  /// the loss itself says that they are classes.
  private static let maximumClasses = 30
  /// A class that is worth the name occurs on two rows on average.
  private static let rowsPerClass = 2
  /// Numbers of classes lie close together: at least half of the numbers between them occur.
  private static let minimumDensity = 0.5

  /// Reads targets. A last axis of extent 1 counts as none.
  ///
  /// - Parameter hasUnitAxis: Whether the last axis stands for the output units. Tags of a sequence,
  ///   `[rows, steps]`, have none: there each element is a label of its own.
  package init(_ targets: ArrayFacts, hasUnitAxis: Bool = true) {
    if targets.unreadable > targets.overall.count / 2 {
      self = .text
      return
    }
    let columns = hasUnitAxis && targets.shape.count > 1 ? targets.shape.last ?? 1 : 1
    let values = targets.distinct.map(\.value)
    if columns > 1, targets.shape.count == 2 {
      if targets.isOneHot {
        self = .oneHot(columns: columns)
      } else if !values.isEmpty, values.allSatisfy({ $0 == 0 || $0 == 1 }) {
        self = .multiHot(columns: columns)
      } else if targets.rowsSumToOne {
        self = .distribution(columns: columns)
      } else {
        self = .real(columns: columns)
      }
      return
    }
    if values.count == 1 {
      self = .constant(values[0])
    } else if values == [0, 1] {
      self = .binary
    } else if values.count == 2 {
      self = .twoValued(low: values[0], high: values[1])
    } else if targets.isIntegral, !values.isEmpty, values.count <= TargetReading.maximumClasses,
      targets.overall.count >= TargetReading.rowsPerClass * values.count,
      let low = Int(exactly: targets.overall.minimum),
      let high = Int(exactly: targets.overall.maximum),
      Double(values.count) >= TargetReading.minimumDensity * Double(high - low + 1)
    {
      self = .classes(minimum: low, maximum: high, distinct: values.count)
    } else {
      self = .real(columns: columns)
    }
  }

  /// How many classes there are, for targets that name classes.
  package var classCount: Int? {
    switch self {
    case .binary, .twoValued: 2
    case .classes(_, _, let distinct): distinct
    case .oneHot(let columns): columns
    default: nil
    }
  }

  /// Whether the targets name classes that exclude each other.
  package var areClasses: Bool { classCount != nil }
}
