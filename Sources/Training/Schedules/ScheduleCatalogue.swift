package import JSON
import Networks

/// Every learning-rate schedule of Keras.
package enum ScheduleCatalogue {
  /// The schedules in alphabetical order of their files.
  package static let all: [any Schedule.Type] = [
    CosineDecay.self,
    CosineDecayRestarts.self,
    ExponentialDecay.self,
    InverseTimeDecay.self,
    PiecewiseConstantDecay.self,
    PolynomialDecay.self,
  ]

  /// The schedule that a configuration means.
  package static func schedule(_ json: JSONValue) throws -> any Schedule {
    let reference = try ObjectReference(json, kind: "learning-rate schedule")
    guard let type = all.first(where: { $0.className == reference.name }) else {
      throw reference.unknown(
        "learning-rate schedule", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}

extension Configuration {
  /// A number that has to be there.
  func required(_ key: String) throws -> Double {
    guard let number = try double(key) else {
      throw error(key, found: values[key], expected: "a number")
    }
    return number
  }
}
