public import CaseFile
import JSON
import Networks

extension KerasModelFile {
  /// The arguments of `compile`; `nil` if the model was not compiled.
  public var compileFacts: CompileFacts? {
    compileConfiguration.map { CompileFacts(kerasConfiguration: $0) }
  }

  /// What is known of the model, whether it can be run or not. Layers of models within the model stand
  /// among the others, as `encoder/dense`.
  public var facts: ModelFacts {
    var facts: ModelFacts
    if let model {
      let builder = ModelFactsBuilder(model: model, archive: archive)
      facts = ModelFacts(
        name: model.name, className: model.className, layers: builder.layers(),
        inputLayers: model.inputs.map(\.layer), outputLayers: builder.outputs())
    } else {
      let configuration = archive.configuration
      facts = ModelFacts(
        name: configuration["config"]?["name"]?.string ?? "model",
        className: configuration["class_name"]?.string ?? "", layers: unknownLayers(),
        outputLayers: [])
    }
    facts.optimizerIterations = optimizer?.iterations
    return facts
  }

  /// The groups of weights of a model whose layers only its Python code knows.
  private func unknownLayers() -> [LayerFacts] {
    let owners = archive.groups.filter {
      $0.hasSuffix("/vars") && !$0.hasPrefix("optimizer/")
    }.map { String($0.dropLast("/vars".count)) }.sorted()
    return owners.compactMap { path in
      let arrays = archive.variables(in: path)
      guard !arrays.isEmpty else { return nil }
      return LayerFacts(
        name: path.hasPrefix("layers/") ? String(path.dropFirst("layers/".count)) : path,
        className: "", configuration: .object(JSONObject()), isOpaque: true,
        variables: arrays.enumerated().map { VariableFacts($1, name: String($0)) })
    }
  }
}

extension VariableFacts {
  /// The facts of an array of weights.
  init(_ array: StoredArray, name: String, isTrainable: Bool = true) {
    self.init(
      name: name, shape: array.shape, isTrainable: isTrainable,
      statistics: Statistics(of: array.scalars.lazy.map(Double.init)))
  }
}
