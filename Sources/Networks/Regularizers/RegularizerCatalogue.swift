package import JSON

/// The regularizers of Keras that can be run.
package enum RegularizerCatalogue {
  /// The regularizers in alphabetical order of their files.
  package static let all: [any Regularizer.Type] = [
    L1L2Regularizer.self,
    L1Regularizer.self,
    L2Regularizer.self,
    OrthogonalRegularizer.self,
  ]

  /// The regularizer that a configuration means.
  package static func regularizer(_ json: JSONValue) throws -> any Regularizer {
    let reference = try ObjectReference(json, kind: "regularizer")
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("regularizer", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}

extension Configuration {
  /// The regularizer under a key, if there is one.
  package func regularizer(_ key: String) throws -> (any Regularizer)? {
    try value(key).map { value in
      do {
        return try RegularizerCatalogue.regularizer(value)
      } catch let error as ConfigurationError {
        throw self.error(key, found: value, expected: error.expected)
      }
    }
  }
}

extension JSONObject {
  /// Sets a regularizer if there is one.
  package mutating func set(_ key: String, _ regularizer: (any Regularizer)?) {
    if let regularizer { self[key] = objectJSON(regularizer, module: "keras.regularizers") }
  }
}
