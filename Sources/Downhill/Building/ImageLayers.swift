import JSON

/// Weighted sums over small windows of a plane: `[rows, columns, in] → [rows, columns, filters]`.
public struct Conv2D: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A convolution.
  ///
  /// - Parameters:
  ///   - filters: How many numbers it computes for each window.
  ///   - kernelSize: The extent of a window, both ways.
  ///   - strides: How far windows are apart.
  ///   - padding: `valid`: windows within the plane only; `same`: zeros around it.
  ///   - activation: What is applied to the sums.
  ///   - kernelInitializer: Where the first weights come from.
  ///   - kernelRegularizer: A penalty on the weights.
  ///   - name: The name of the layer.
  public init(
    _ filters: Int, kernelSize: Int, strides: Int = 1, padding: String = "valid",
    activation: ActivationChoice = .linear,
    kernelInitializer: InitializerChoice = .glorotUniform,
    kernelRegularizer: RegularizerChoice? = nil, name: String? = nil
  ) {
    var arguments = LayerArguments(name)
    arguments.add("filters", .int(filters))
    arguments.add("kernel_size", [.int(kernelSize), .int(kernelSize)])
    arguments.add("strides", [.int(strides), .int(strides)])
    arguments.add("padding", .string(padding))
    arguments.add("activation", activation.json)
    arguments.add("kernel_initializer", kernelInitializer.json)
    arguments.add("kernel_regularizer", kernelRegularizer?.json)
    entry = LayerEntry("Conv2D", arguments.json)
  }
}

/// The largest number of each window of a plane.
public struct MaxPooling2D: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A pooling layer.
  ///
  /// - Parameters:
  ///   - size: The extent of a window, both ways, and how far windows are apart.
  ///   - name: The layer's name; made of its class where there is none.
  public init(_ size: Int = 2, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("pool_size", [.int(size), .int(size)])
    entry = LayerEntry("MaxPooling2D", arguments.json)
  }
}

/// The mean over a whole plane: `[rows, columns, channels] → [channels]`.
public struct GlobalAveragePooling2D: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A pooling layer.
  public init(name: String? = nil) {
    entry = LayerEntry("GlobalAveragePooling2D", LayerArguments(name).json)
  }
}
