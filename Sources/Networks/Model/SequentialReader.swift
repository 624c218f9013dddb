import JSON
import Tensors

/// Reads Sequential models: each layer takes what the one before computed.
struct SequentialReader {
  let whole: JSONValue
  let config: JSONValue
  let rowShapes: [Shape]?

  init(_ whole: JSONValue, _ config: JSONValue, _ rowShapes: [Shape]?) {
    self.whole = whole
    self.config = config
    self.rowShapes = rowShapes
  }

  func blueprint() throws -> ModelBlueprint {
    let name = config["name"]?.string ?? "sequential"
    guard let entries = config["layers"]?.array else {
      throw ModelError.malformed(
        subject: "model '\(name)'", found: config["layers"]?.abbreviated ?? "nothing",
        expected: "a list of layers")
    }
    let readers = try entries.map { try LayerReader($0) }
    var layers: [ModelLayer] = []
    if readers.first?.className != InputLayer.className {
      layers.append(implicitInput(first: readers.first))
    }
    for reader in readers {
      let calls = layers.last.map {
        [
          LayerCall(
            CallArguments([.tensor(TensorReference(layer: $0.name, call: 0, output: 0))]))
        ]
      }
      layers.append(reader.layer(calls: calls ?? []))
    }
    func end(_ layer: ModelLayer?) -> [TensorReference] {
      layer.map { [TensorReference(layer: $0.name, call: 0, output: 0)] } ?? []
    }
    return ModelBlueprint(
      name: name, className: "Sequential", layers: layers, inputs: end(layers.first),
      outputs: end(layers.last), isTrainable: config["trainable"]?.bool ?? true, original: whole,
      inputRowShapes: rowShapes)
  }

  /// The input layer of a model that was saved without one. Its shape comes from where Keras says
  /// it: the whole, the first layer, or nowhere.
  private func implicitInput(first: LayerReader?) -> ModelLayer {
    let places = [
      config["build_input_shape"], whole["build_config"]?["input_shape"],
      first?.config["batch_shape"], first?.config["batch_input_shape"],
      first?.entry["build_config"]?["input_shape"],
    ]
    let shape = places.compactMap { $0?.array }.first
    let name = "\(first?.name ?? "model")_input"
    let takesStrings = LayerCatalogue.all.contains {
      ($0 as? any DataLayer.Type)?.takesStringsOnly == true && $0.className == first?.className
    }
    let dtype = takesStrings ? "string" : "float32"
    let entry: JSONValue = [
      "module": "keras.layers", "class_name": "InputLayer",
      "config": [
        "batch_shape": .array(shape ?? []), "name": .string(name), "dtype": .string(dtype),
      ],
      "registered_name": nil,
    ]
    return ModelLayer(
      name: name, className: InputLayer.className,
      content: .layer(InputLayer(batchShape: shape?.map(\.int) ?? [], dtype: dtype)),
      isTrainable: true,
      calls: [], original: entry, isOperation: false)
  }
}
