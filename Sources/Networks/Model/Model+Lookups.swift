extension Model {
  /// A table whose rows the numbers of an input name.
  package struct Lookup: Hashable, Sendable {
    /// Which input, from 0.
    package let input: Int
    /// The name of the layer that holds the table.
    package let layer: String
    /// How many rows the table has.
    package let rows: Int
  }

  /// The tables that numbers of the inputs are looked up in as they are, nothing standing between.
  package var lookups: [Lookup] {
    layers.flatMap { layer -> [Lookup] in
      let table =
        layer.layer as? Embedding ?? (layer.layer as? ReversibleEmbedding)?.embedding
      guard let table else { return [] }
      let sources = layer.calls.flatMap { layer.inputs(of: $0.arguments) }
      return inputs.indices.filter { sources.contains(inputs[$0]) }
        .map { Lookup(input: $0, layer: layer.name, rows: table.inputCount) }
    }
  }
}
