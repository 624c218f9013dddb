import JSON

/// A learnt vector for each number of a vocabulary: `[steps] → [steps, width]`.
public struct Embedding: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// An embedding.
  ///
  /// - Parameters:
  ///   - vocabulary: How many numbers there are, 0 counted.
  ///   - width: How many numbers a vector has.
  ///   - masksZero: Whether 0 stands for "nothing here", which later layers pass over.
  ///   - name: The name of the layer.
  public init(_ vocabulary: Int, width: Int, masksZero: Bool = false, name: String? = nil) {
    var arguments = LayerArguments(name)
    arguments.add("input_dim", .int(vocabulary))
    arguments.add("output_dim", .int(width))
    if masksZero { arguments.add("mask_zero", true) }
    entry = LayerEntry("Embedding", arguments.json)
  }
}

/// Long short-term memory: reads a series step by step, `[steps, in] → [units]`.
public struct LSTM: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A recurrent layer.
  ///
  /// - Parameters:
  ///   - units: How many numbers it remembers and gives.
  ///   - returnsSequences: Whether it gives them after every step: `[steps, units]`.
  ///   - name: The name of the layer.
  public init(_ units: Int, returnsSequences: Bool = false, name: String? = nil) {
    entry = recurrent("LSTM", units, returnsSequences, name)
  }
}

/// A gated recurrent unit: as ``LSTM`` with fewer weights.
public struct GRU: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A recurrent layer.
  ///
  /// - Parameters:
  ///   - units: How many numbers it remembers and gives.
  ///   - returnsSequences: Whether it gives them after every step: `[steps, units]`.
  ///   - name: The name of the layer.
  public init(_ units: Int, returnsSequences: Bool = false, name: String? = nil) {
    entry = recurrent("GRU", units, returnsSequences, name)
  }
}

private func recurrent(
  _ className: String, _ units: Int, _ returnsSequences: Bool, _ name: String?
) -> LayerEntry {
  var arguments = LayerArguments(name)
  arguments.add("units", .int(units))
  if returnsSequences { arguments.add("return_sequences", true) }
  return LayerEntry(className, arguments.json)
}

/// The mean over the steps of a series: `[steps, width] → [width]`.
public struct GlobalAveragePooling1D: LayerBuilding {
  /// The layer in Keras' terms.
  public let entry: LayerEntry

  /// A pooling layer.
  public init(name: String? = nil) {
    entry = LayerEntry("GlobalAveragePooling1D", LayerArguments(name).json)
  }
}
