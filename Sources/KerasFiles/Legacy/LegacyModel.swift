import FileAccess
import JSON
import Networks

/// Models as Keras 1 and 2 (and Keras 3 on request) save them: one HDF5 file with configuration and
/// weights, or the two apart.
enum LegacyModel {
  /// The whole model in an HDF5 file, taken apart like a `.keras` file.
  ///
  /// - Throws: ``InputError`` if it holds weights alone.
  static func archive(_ contents: HDF5Contents, of subject: String) throws(InputError)
    -> KerasArchive
  {
    func json(_ name: String) throws(InputError) -> JSONValue? {
      guard let text = contents.texts[""]?[name]?.first else { return nil }
      return try JSONValue(
        parsing: Array(text.utf8), of: subject, at: ["attribute \(name)"])
    }
    guard let written = try json("model_config") else {
      throw InputError(KerasProblem.weightsAlone, in: subject)
    }
    var configuration = LegacyDialect.model(written)
    if let training = try json("training_config") {
      configuration["compile_config"] = LegacyCompile.configuration(training) ?? .null
    }
    let version = contents.texts[""]?["keras_version"]?.first
    var archive = KerasArchive(
      configuration: configuration,
      metadata: version.map { ["keras_version": .string($0)] } ?? .null)
    try attach(contents, to: &archive, of: subject, within: "model_weights")
    return archive
  }

  /// A model without weights, as `model.to_json()` describes it.
  static func archive(json value: JSONValue, of subject: String) throws(InputError) -> KerasArchive
  {
    guard value["class_name"]?.string != nil, value["config"] != nil else {
      throw InputError(KerasProblem.noModel, in: subject)
    }
    let version = value["keras_version"]?.string
    return KerasArchive(
      configuration: LegacyDialect.model(value),
      metadata: version.map { ["keras_version": .string($0)] } ?? .null)
  }

  /// Puts the weights of an HDF5 file into a model: those of `save_weights` of any version.
  ///
  /// - Throws: ``InputError`` if there are none, or they do not fit the model.
  static func attach(
    _ contents: HDF5Contents, to archive: inout KerasArchive, of subject: String,
    within root: String = ""
  ) throws(InputError) {
    // Keras 3's own form names the places as a `.keras` file does.
    if contents.arrays.keys.contains(where: { $0.hasPrefix("layers/") }) {
      (archive.weights, archive.groups) = (contents.arrays, contents.groups)
      return
    }
    guard let names = contents.list("layer_names", of: root) else {
      throw InputError(KerasProblem.noWeights, in: subject)
    }
    guard let model = try? Model(configuration: archive.configuration) else { return }
    let base = root.isEmpty ? "" : root + "/"
    for name in names {
      let group = base + name
      let arrays = (contents.list("weight_names", of: group) ?? []).compactMap {
        contents.arrays[group + "/" + $0]
      }
      // Variables that learn first, then the others, through all layers of a nested model.
      let own = model.variables.filter { $0.layer == name || $0.layer.hasPrefix(name + "/") }
      let ordered =
        own.filter(\.declaration.isTrainable) + own.filter { !$0.declaration.isTrainable }
      guard !arrays.isEmpty, !ordered.isEmpty else { continue }
      guard arrays.count == ordered.count else {
        throw InputError(
          KerasProblem.weightCount(layer: name, found: arrays.count, expected: ordered.count),
          in: subject)
      }
      for (variable, array) in zip(ordered, arrays) { archive.weights[variable.path] = array }
    }
  }
}
