import JSON

/// The recurrent cells.
package enum CellCatalogue {
  /// The cells in alphabetical order of their files.
  package static let all: [any RecurrentCell.Type] = [
    GRUCell.self, LSTMCell.self, SimpleRNNCell.self,
  ]

  /// The cell of a reference.
  package static func cell(_ reference: ObjectReference) throws -> any RecurrentCell {
    guard let type = all.first(where: { $0.className == reference.name }),
      LayerCatalogue.isKeras(module: reference.module, registeredName: nil)
    else {
      throw ConfigurationError(
        subject: "cell", key: "class_name", found: "'\(reference.name)'",
        expected: "a cell that can be run: "
          + all.map { type in type.className }.joined(separator: ", "))
    }
    return try type.init(configuration: reference.configuration)
  }
}
