package import Graphs
package import JSON
package import Tensors

/// The arguments that most layers for images have.
package struct ImageArguments: Hashable, Sendable {
  /// Where the channels are.
  package let order: ChannelOrder
  /// The layer's own seed, kept for the file; the run's seed decides.
  package let seed: Int?

  /// Reads the arguments.
  package init(_ configuration: Configuration) throws {
    order = try ChannelOrder(configuration)
    seed = configuration.value("seed")?.int
  }

  /// Writes the arguments that are not Keras' defaults.
  package func write(to result: inout JSONObject) {
    order.write(to: &result)
    if let seed { result["seed"] = .int(seed) }
  }
}

/// A layer that changes images at random in training, and leaves them alone otherwise.
package protocol AugmentationLayer: PlaneLayer {
  /// The arguments that all have.
  var arguments: ImageArguments { get }
  /// Checks that the layer can work on images `[batch, rows, columns, channels]`, in training or not.
  ///
  /// - Throws: ``ShapeError`` if not.
  func check(_ images: Shape) throws
  /// Builds the changed images.
  ///
  /// - Parameter x: Images `[batch, rows, columns, channels]`.
  func augmented(_ x: Value, scope: inout LayerScope) throws -> Value
}

extension AugmentationLayer {
  package static var axisCount: Int { 2 }
  package var order: ChannelOrder { arguments.order }

  /// Takes all images.
  package func check(_ images: Shape) throws {}

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    try check(scope.graph.shape(x))
    return scope.isTraining ? try augmented(x, scope: &scope) : x
  }

  /// The shape of one number for each image of a batch.
  package func perImage(_ x: Value, _ scope: LayerScope) -> Shape {
    [scope.graph.shape(x)[0], 1, 1, 1]
  }

  /// 1 for the images that something is done to: each with a probability of its own.
  package func chosen(
    _ x: Value, probability: RandomRange, scope: inout LayerScope
  ) -> Value {
    let shape = perImage(x, scope)
    let limit = probability.drawn(shape, scope: &scope)
    let random = scope.random(.uniform, shape: shape)
    return scope.graph.binary(.greater, limit, random)
  }
}
