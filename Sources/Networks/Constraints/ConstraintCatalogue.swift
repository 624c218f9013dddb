package import JSON

/// Every constraint of Keras.
package enum ConstraintCatalogue {
  /// The constraints in alphabetical order of their files.
  package static let all: [any Constraint.Type] = [
    MaxNormConstraint.self,
    MinMaxNormConstraint.self,
    NonNegConstraint.self,
    UnitNormConstraint.self,
  ]

  /// The constraint that a configuration means.
  package static func constraint(_ json: JSONValue) throws -> any Constraint {
    let reference = try ObjectReference(json, kind: "constraint")
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("constraint", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}

extension Configuration {
  /// The constraint under a key, if there is one.
  package func constraint(_ key: String) throws -> (any Constraint)? {
    try value(key).map { value in
      do {
        return try ConstraintCatalogue.constraint(value)
      } catch let error as ConfigurationError {
        throw self.error(key, found: value, expected: error.expected)
      }
    }
  }
}

extension JSONObject {
  /// Sets a constraint if there is one.
  package mutating func set(_ key: String, _ constraint: (any Constraint)?) {
    if let constraint { self[key] = objectJSON(constraint, module: "keras.constraints") }
  }
}
