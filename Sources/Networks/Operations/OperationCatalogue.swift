import Graphs

/// The operations on tensors that functional models may contain, by Keras' class.
package enum OperationCatalogue {
  /// Builds what an operation computes.
  typealias Builder = @Sendable (inout OperationCall) throws -> [Value]

  /// The families of operations in alphabetical order of their files.
  static let families: [(file: String, operations: [String: Builder])] = [
    ("ActivationOperations", ActivationOperations.all),
    ("ArithmeticOperations", ArithmeticOperations.all),
    ("ComparisonOperations", ComparisonOperations.all),
    ("IndexingOperations", IndexingOperations.all),
    ("MovementOperations", MovementOperations.all),
    ("ProductOperations", ProductOperations.all),
    ("ReductionOperations", ReductionOperations.all),
  ]

  /// The files that hold a family.
  package static var files: [String] { families.map(\.file) }

  /// All operations.
  static let all: [String: Builder] = families.reduce(into: [:]) { all, family in
    all.merge(family.operations) { first, _ in first }
  }
}
