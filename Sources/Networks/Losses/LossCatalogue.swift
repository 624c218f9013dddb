import JSON

/// The losses that can be run.
package enum LossCatalogue {
  /// The losses in alphabetical order of their files.
  package static let all: [any Loss.Type] = [
    BinaryCrossentropy.self,
    BinaryFocalCrossentropy.self,
    CategoricalCrossentropy.self,
    CategoricalFocalCrossentropy.self,
    CategoricalGeneralizedCrossEntropy.self,
    CategoricalHinge.self,
    Circle.self,
    CosineSimilarity.self,
    Dice.self,
    Hinge.self,
    Huber.self,
    KLDivergence.self,
    LogCosh.self,
    MeanAbsoluteError.self,
    MeanAbsolutePercentageError.self,
    MeanSquaredError.self,
    MeanSquaredLogarithmicError.self,
    Poisson.self,
    SparseCategoricalCrossentropy.self,
    SquaredHinge.self,
    Tversky.self,
  ]

  /// The loss of a reference.
  package static func loss(_ reference: ObjectReference) throws -> any Loss {
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("loss", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}
