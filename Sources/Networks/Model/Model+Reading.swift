public import JSON
public import Tensors

extension Model {
  /// Reads the configuration of a Sequential or functional model.
  ///
  /// - Parameters:
  ///   - configuration: What stands in `config.json`: an object with `class_name` and `config`.
  ///   - inputRowShapes: The shape of a row of each input, for models that leave it open.
  /// - Throws: ``ModelError`` if it is no such configuration. Layers that cannot be run do not
  ///   throw; see ``opaqueLayers``.
  public init(configuration: JSONValue, inputRowShapes: [Shape]? = nil) throws {
    let className = configuration["class_name"]?.string
    guard let className, let config = configuration["config"], config.object != nil,
      LayerCatalogue.isKeras(
        module: configuration["module"]?.string,
        registeredName: configuration["registered_name"]?.string)
    else { throw ModelError.notAModel(found: configuration.abbreviated) }
    switch className {
    case "Sequential":
      let blueprint = try SequentialReader(configuration, config, inputRowShapes).blueprint()
      self.init(blueprint)
    case "Functional", "Model":
      let blueprint = try FunctionalReader(configuration, config, inputRowShapes).blueprint()
      self.init(blueprint)
    default:
      throw ModelError.notAModel(found: "a model of class '\(className)'")
    }
  }
}

/// What a reader found, before shapes are followed through the layers.
struct ModelBlueprint {
  var name: String
  var className: String
  var layers: [ModelLayer]
  var inputs: [TensorReference]
  var outputs: [TensorReference]
  var isTrainable: Bool
  var original: JSONValue
  var inputRowShapes: [Shape]?

  /// More rows than one batch ever has.
  private static let largestBatch = 1 << 24

  /// The size of a batch, if all inputs fix the same one.
  var fixedBatchSize: Int? {
    let sizes = Set(
      inputs.map { input in
        let layer = layers.first { $0.name == input.layer }?.layer as? InputLayer
        return layer?.batchShape.first ?? nil
      })
    guard sizes.count == 1, let size = sizes.first ?? nil, (1...Self.largestBatch).contains(size)
    else { return nil }
    return size
  }
}
