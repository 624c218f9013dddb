package import JSON

/// Every initializer of Keras.
package enum InitializerCatalogue {
  /// The initializers in alphabetical order of their files.
  package static let all: [any Initializer.Type] = [
    ConstantInitializer.self,
    GlorotNormal.self,
    GlorotUniform.self,
    HeNormal.self,
    HeUniform.self,
    IdentityInitializer.self,
    LecunNormal.self,
    LecunUniform.self,
    OnesInitializer.self,
    Orthogonal.self,
    RandomNormal.self,
    RandomUniform.self,
    STFT.self,
    TruncatedNormal.self,
    VarianceScaling.self,
    ZerosInitializer.self,
  ]

  /// The initializer that a configuration means.
  package static func initializer(_ json: JSONValue) throws -> any Initializer {
    let reference = try ObjectReference(json, kind: "initializer")
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("initializer", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}

extension Configuration {
  /// The initializer under a key, or the one with Keras' default name.
  package func initializer(_ key: String, default name: String) throws -> any Initializer {
    do {
      return try InitializerCatalogue.initializer(value(key) ?? .string(name))
    } catch let error as ConfigurationError {
      throw self.error(key, found: values[key], expected: error.expected)
    }
  }
}

extension JSONObject {
  /// Sets an initializer unless it is Keras' default for the key.
  package mutating func set(
    _ key: String, _ initializer: any Initializer, default name: String
  ) {
    if type(of: initializer).isNamed(name), initializer.configuration.members.isEmpty { return }
    self[key] = objectJSON(initializer, module: "keras.initializers")
  }
}
