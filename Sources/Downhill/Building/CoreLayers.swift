import JSON

/// Every unit is a weighted sum of all inputs, then an activation: `[…, in] → […, units]`.
public struct Dense: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A dense layer.
  ///
  /// - Parameters:
  ///   - units: How many numbers it computes.
  ///   - activation: What is applied to them.
  ///   - usesBias: Whether each unit has a number of its own to add.
  ///   - kernelInitializer: Where the first weights come from.
  ///   - kernelRegularizer: A penalty on the weights.
  ///   - kernelConstraint: What the weights are brought back to after each step.
  ///   - name: The name of the layer.
  public init(
    _ units: Int, activation: ActivationChoice = .linear, usesBias: Bool = true,
    kernelInitializer: InitializerChoice = .glorotUniform,
    kernelRegularizer: RegularizerChoice? = nil, kernelConstraint: ConstraintChoice? = nil,
    name: String? = nil
  ) {
    var arguments = LayerArguments(name)
    arguments.add("units", .int(units))
    arguments.add("activation", activation.json)
    if !usesBias { arguments.add("use_bias", false) }
    arguments.add("kernel_initializer", kernelInitializer.json)
    arguments.add("kernel_regularizer", kernelRegularizer?.json)
    arguments.add("kernel_constraint", kernelConstraint?.json)
    entry = LayerEntry("Dense", arguments.json)
  }
}

/// In training a share of the inputs is 0, the others grow to make up for it.
public struct Dropout: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// Dropout.
  ///
  /// - Parameters:
  ///   - rate: The share, from 0 to below 1.
  ///   - name: The name of the layer.
  public init(_ rate: Double, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("rate", .double(rate))
    entry = LayerEntry("Dropout", arguments.json)
  }
}

/// All numbers of a row one after the other: `[…] → [count]`.
public struct Flatten: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A flattening layer.
  public init(name: String? = nil) { entry = LayerEntry("Flatten", LayerArguments(name).json) }
}

/// The same numbers under another shape.
public struct Reshape: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A reshaping layer.
  ///
  /// - Parameters:
  ///   - shape: The shape of a row.
  ///   - name: The layer's name; made of its class where there is none.
  public init(_ shape: [Int], name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("target_shape", .array(shape.map { .int($0) }))
    entry = LayerEntry("Reshape", arguments.json)
  }
}

/// inputs · scale + offset: `Rescaling(1.0 / 255)` for pixels.
public struct Rescaling: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A rescaling layer.
  public init(_ scale: Double, offset: Double = 0, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("scale", .double(scale))
    arguments.add("offset", .double(offset))
    entry = LayerEntry("Rescaling", arguments.json)
  }
}

/// Brings the numbers of a batch to mean 0 and deviation 1, then to a learnt mean and deviation.
public struct BatchNormalization: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A normalising layer.
  ///
  /// - Parameters:
  ///   - momentum: How slowly the statistics move that are used outside of training.
  ///   - name: The layer's name; made of its class where there is none.
  public init(momentum: Double = 0.99, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("momentum", .double(momentum))
    entry = LayerEntry("BatchNormalization", arguments.json)
  }
}

/// Brings the numbers of each row to mean 0 and deviation 1, then to a learnt mean and deviation.
public struct LayerNormalization: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A normalising layer.
  public init(name: String? = nil) {
    entry = LayerEntry("LayerNormalization", LayerArguments(name).json)
  }
}

/// Joins several results along an axis, the last one by default.
public struct Concatenate: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A joining layer.
  public init(axis: Int = -1, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("axis", .int(axis))
    entry = LayerEntry("Concatenate", arguments.json)
  }
}

/// The arguments of a layer as they are collected.
struct LayerArguments {
  private(set) var json = JSONObject()

  init(_ name: String?) {
    if let name { json["name"] = .string(name) }
  }

  mutating func add(_ key: String, _ value: JSONValue?) {
    if let value { json[key] = value }
  }
}
