public import FileAccess
public import JSON
public import Networks
public import Tensors

/// A `.keras` file read as a model: its layers, its weights, the arguments of `compile`, and the state
/// of the optimizer.
public struct KerasModelFile: Sendable {
  /// The file taken apart.
  public let archive: KerasArchive
  /// The model; `nil` for a model of a class of its own, whose layers only its Python code knows.
  public let model: Model?
  /// Why there is no model, or why it cannot be run, as a sentence; `nil` if it can.
  public let obstacle: String?
  /// The values of the model's variables, by number; `nil` if the file has no weights, or if the model
  /// cannot be run and lacks some.
  public let parameters: [Tensor]?
  /// The state of the optimizer; `nil` if none was saved.
  public let optimizer: SavedOptimizer?

  /// Reads a `.keras` file, a whole model in HDF5, or the JSON that `model.to_json()` gives.
  ///
  /// - Parameter inputRowShapes: The shape of a row of each input, for models that leave it open.
  /// - Throws: ``InputError`` for a file that cannot be read, and for weights that do not
  ///   fit the model. Layers that cannot be run do not throw.
  public init(path: String, inputRowShapes: [Shape]? = nil) throws(InputError) {
    try self.init(KerasArchive(modelAt: path), of: path, inputRowShapes: inputRowShapes)
  }

  /// Reads a model out of a file that was taken apart.
  ///
  /// - Throws: ``InputError`` for weights that do not fit the model.
  public init(
    _ archive: KerasArchive, of subject: String, inputRowShapes: [Shape]? = nil
  ) throws(InputError) {
    self.archive = archive
    let (model, obstacle) = Self.model(archive.configuration, inputRowShapes)
    self.model = model
    self.obstacle = obstacle
    parameters = try model.flatMap { model throws(InputError) in
      try Self.parameters(of: model, in: archive, subject)
    }
    let rate = archive.configuration["compile_config"]?["optimizer"]?["config"]?["learning_rate"]
    // Mixed precision puts the optimizer within one that scales the loss.
    let inner = archive.variables(in: "optimizer/inner_optimizer")
    optimizer = SavedOptimizer(
      inner.isEmpty ? archive.variables(in: "optimizer") : inner, hasSchedule: rate?.object != nil)
  }

  /// The same model with weights as its initializers draw them.
  ///
  /// - Throws: ``InputError`` where an initializer cannot draw them.
  package func withInitialWeights(
    inputRowShapes: [Shape]? = nil, of subject: String
  ) throws(InputError) -> KerasModelFile {
    guard let model, model.isRunnable else { return self }
    guard let tensors = try? model.initialParameters(seed: 0) else { return self }
    var archive = archive
    for (variable, tensor) in zip(model.variables, tensors) {
      archive.weights[variable.path] = StoredArray(
        shape: tensor.shape.extents, scalars: tensor.scalars)
    }
    return try KerasModelFile(archive, of: subject, inputRowShapes: inputRowShapes)
  }

  /// The arguments of `compile` as they stand in the file; `nil` if the model was not compiled.
  public var compileConfiguration: JSONValue? {
    guard let value = archive.configuration["compile_config"], value.object != nil else {
      return nil
    }
    return value
  }

  private static func model(
    _ configuration: JSONValue, _ inputRowShapes: [Shape]?
  ) -> (Model?, obstacle: String?) {
    do {
      let model = try Model(configuration: configuration, inputRowShapes: inputRowShapes)
      if model.isRunnable { return (model, nil) }
      let error =
        model.opaqueLayers.isEmpty
        ? ModelError.unknownInputShape(model: model.name) : ModelError.opaque(model.opaqueLayers)
      return (model, error.description)
    } catch {
      return (nil, "\(error)")
    }
  }

  private static func parameters(
    of model: Model, in archive: KerasArchive, _ subject: String
  ) throws(InputError) -> [Tensor]? {
    if archive.weights.isEmpty, !model.variables.isEmpty { return nil }
    var tensors: [Tensor] = []
    for variable in model.variables {
      guard let array = archive.weights[variable.path] else {
        // What a layer that cannot be run leaves open may be named otherwise than it seems.
        if !model.isRunnable { return nil }
        throw InputError(
          KerasProblem.missingWeights(
            variable: "\(variable.layer).\(variable.name)", path: variable.path,
            shape: variable.shape.extents),
          in: subject, at: ["member \(KerasArchive.Member.weights)"])
      }
      guard array.shape == variable.shape.extents else {
        if !model.isRunnable { return nil }
        throw InputError(
          KerasProblem.weightShape(
            variable: "\(variable.layer).\(variable.name)", path: variable.path,
            found: array.shape, expected: variable.shape.extents),
          in: subject, at: ["member \(KerasArchive.Member.weights)"])
      }
      tensors.append(Tensor(shape: variable.shape, scalars: array.scalars))
    }
    return tensors
  }
}
