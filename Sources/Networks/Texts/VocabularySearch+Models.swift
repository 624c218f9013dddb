package import JSON
package import Tensors

extension VocabularySearch {
  /// A model whose layers have the vocabularies of its data, where the model leaves them open: a script
  /// adapts its layers to the texts that it trains on.
  ///
  /// - Parameters:
  ///   - configuration: The model, as in `config.json`.
  ///   - arrays: The data, an array for each input.
  /// - Returns: The model, and the names of the layers that were adapted.
  package static func adapting(
    _ configuration: JSONValue, to arrays: [DataArray]
  ) -> (configuration: JSONValue, layers: [String]) {
    var result = configuration
    var adapted: [String] = []
    var layers = configuration["config"]?["layers"]?.array ?? []
    let inputs = (configuration["config"]?["input_layers"]?.array ?? []).map {
      $0.string ?? $0[0]?.string
    }
    for index in layers.indices {
      let entry = layers[index]
      guard let arguments = entry["config"]?.object, arguments["vocabulary"]?.array == nil,
        let data = source(of: entry, inputs, arrays)
      else { continue }
      let found = try? withVocabulary(entry["class_name"]?.string, arguments, to: data)
      guard let found else { continue }
      layers[index]["config"] = .object(found)
      adapted.append(found["name"]?.string ?? entry["name"]?.string ?? "")
    }
    result["config"]?["layers"] = .array(layers)
    return (result, adapted)
  }

  /// The arguments of a layer with the vocabulary of data; `nil` for a layer or data of another kind.
  private static func withVocabulary(
    _ className: String?, _ arguments: JSONObject, to data: DataArray
  ) throws -> JSONObject? {
    switch (className, data) {
    case (TextVectorization.className, .texts(let texts)):
      try TextVectorization.adapted(arguments, to: [texts])
    case (StringLookup.className, .texts(let texts)):
      try StringLookup.adapted(arguments, to: [texts])
    case (IntegerLookup.className, .integers(let shape, let numbers)):
      try IntegerLookup.adapted(arguments, to: shape, numbers)
    default: nil
    }
  }

  /// The data that a layer is called with.
  private static func source(
    of entry: JSONValue, _ inputs: [String?], _ arrays: [DataArray]
  ) -> DataArray? {
    if arrays.count == 1 { return arrays[0] }
    let tensor = entry["inbound_nodes"]?[0]?["args"]?[0]?["config"]?["keras_history"]?[0]?.string
    return inputs.firstIndex { $0 == tensor && tensor != nil }
      .flatMap { arrays.indices.contains($0) ? arrays[$0] : nil }
  }
}

extension Model {
  /// Whether anything in the model works on strings, be it a layer that can be run or not.
  package var takesStrings: Bool {
    dataStage?.sources.contains(where: \.takesStrings) == true
      || layers.contains { layer in
        layer.className == TextVectorization.className
          || layer.className == StringLookup.className
          || (layer.layer as? InputLayer)?.dtype == "string"
      }
  }
}
