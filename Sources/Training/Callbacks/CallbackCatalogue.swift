package import JSON
package import Networks

/// The callbacks that a configuration can name.
package enum CallbackCatalogue {
  /// The callbacks in alphabetical order of their files.
  package static let all: [any (Callback & Configurable).Type] = [
    CSVLogger.self,
    EarlyStopping.self,
    ReduceLROnPlateau.self,
    TerminateOnNaN.self,
  ]

  /// The callback that a class name, or an object with `class_name` and `config`, means.
  package static func callback(_ json: JSONValue) throws -> any Callback {
    let reference = try ObjectReference(json, kind: "callback")
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("callback", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}
