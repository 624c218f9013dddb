public import JSON
public import Networks
public import Tensors

import Archives
import FileAccess

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension KerasModelFile {
  /// The version of Keras whose files ours were compared with.
  static let writtenVersion = "3.15.1"

  /// A `.keras` file of a model, which Keras 3.4 and later open on every backend.
  ///
  /// - Parameters:
  ///   - parameters: The values of the model's variables, by number.
  ///   - compileConfiguration: The arguments of `compile`; `nil` for a model that is not compiled.
  ///   - optimizer: The state of the optimizer; `nil` starts afresh.
  ///   - source: The file the model came from, for what is not interpreted: whole numbers among the
  ///     weights, and vocabularies.
  /// - Throws: ``InputError`` if there is no memory for it.
  public static func archived(
    model: Model, parameters: [Tensor], compileConfiguration: JSONValue? = nil,
    optimizer: SavedOptimizer? = nil, source: KerasArchive? = nil
  ) throws -> [UInt8] {
    precondition(
      parameters.count == model.variables.count,
      "\(parameters.count) values for \(model.variables.count) variables")
    var (configuration, vocabularies) = VocabularyAssets.detached(model.configuration)
    if let compileConfiguration { configuration["compile_config"] = compileConfiguration }
    let image = try HDF5Writer.image(
      of: groups(model, parameters, compileConfiguration, optimizer, source))
    var writer = ZipWriter()
    let metadata: JSONValue = [
      "keras_version": .string(writtenVersion), "date_saved": .string(dateText()),
    ]
    writer.add(KerasArchive.Member.metadata, metadata.bytes())
    writer.add(KerasArchive.Member.configuration, configuration.bytes())
    writer.add(KerasArchive.Member.weights, image)
    for asset in vocabularies + (source?.otherAssets ?? []) { writer.add(asset.name, asset.bytes) }
    return writer.archive()
  }

  /// A `.weights.h5` file of a model, as Keras' `save_weights` writes it and `load_weights` reads it.
  ///
  /// - Parameters:
  ///   - parameters: The values of the model's variables, by number.
  ///   - optimizer: The state of the optimizer; `nil` leaves it out.
  /// - Throws: An error if there is no memory for it.
  public static func weightsFile(
    model: Model, parameters: [Tensor], optimizer: SavedOptimizer? = nil
  ) throws -> [UInt8] {
    try HDF5Writer.image(of: groups(model, parameters, nil, optimizer, nil))
  }

  private static func groups(
    _ model: Model, _ parameters: [Tensor], _ compile: JSONValue?, _ optimizer: SavedOptimizer?,
    _ source: KerasArchive?
  ) -> [HDF5Writer.Group] {
    var arrays: [String: [StoredArray]] = [:]
    for variable in model.variables {
      let tensor = parameters[variable.number]
      var array = StoredArray(shape: tensor.shape.extents, scalars: tensor.scalars)
      // Counters of layers (how many rows a Normalization saw) stay whole numbers.
      if let old = source?.weights[variable.path], let integers = old.integers,
        old.scalars == tensor.scalars
      {
        array = StoredArray(shape: old.shape, integers: integers, dtype: old.dtype)
      }
      arrays[variable.layerPath, default: []].append(array)
      if let second = variable.secondLayerPath { arrays[second, default: []].append(array) }
    }
    var groups = [HDF5Writer.Group(path: "vars", name: model.name, arrays: [])]
    for group in WeightGroup.all(of: model) {
      groups.append(
        HDF5Writer.Group(
          path: group.path + "/vars", name: group.name,
          arrays: arrays.removeValue(forKey: group.path) ?? [], named: group.named))
    }
    if let optimizer {
      let name = compile?["optimizer"]?["config"]?["name"]?.string ?? "optimizer"
      // An optimizer that scales the loss keeps its own four numbers before those of the inner one.
      let inner = "optimizer/inner_optimizer/vars"
      var own: [StoredArray] = []
      if let source, source.groups.contains(inner) {
        own = Array(source.variables(in: "optimizer").prefix(4))
        groups.append(HDF5Writer.Group(path: inner, name: name, arrays: optimizer.arrays))
      }
      groups.append(
        HDF5Writer.Group(path: "optimizer/vars", name: name, arrays: own + optimizer.arrays))
    }
    return groups
  }

  /// The time as Keras writes it, `2026-11-22@15:48:03`, in UTC.
  private static func dateText() -> String {
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
      .time(includingFractionalSeconds: false)
    return Date().formatted(style).split(separator: "T").joined(separator: "@")
  }
}
