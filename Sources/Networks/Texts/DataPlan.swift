import Tensors

/// Finds which calls of a model's layers happen to data, before there is a graph.
struct DataPlan {
  /// The stage; `nil` if all calls are part of the graph.
  private(set) var stage: DataStage?
  /// Where numbers enter the graph.
  private(set) var entries: [TensorReference]
  /// Why layers cannot be where they are.
  private(set) var refusals: [(layer: Int, reason: String)] = []

  /// - Parameter order: The calls, each behind those that make its inputs.
  init(_ blueprint: ModelBlueprint, order: [(layer: Int, call: Int)]) {
    let layers = blueprint.layers
    entries = blueprint.inputs
    var data = Set(blueprint.inputs)
    var steps: [DataStage.Step] = []
    var inGraph = Set(blueprint.outputs)
    for place in order {
      let layer = layers[place.layer]
      let tensors = layer.calls[place.call].arguments.tensors
      if let content = layer.layer as? any DataLayer, !tensors.isEmpty,
        tensors.allSatisfy(data.contains)
      {
        let result = TensorReference(layer: layer.name, call: place.call, output: 0)
        steps.append(DataStage.Step(layer: content, inputs: tensors, result: result))
        if content.givesPlaces { data.insert(result) } else { inGraph.insert(result) }
      } else {
        inGraph.formUnion(tensors)
        if case .model(let model) = layer.content, model.dataStage != nil {
          refusals.append(
            (
              place.layer,
              "strings are read in front of the whole model only: its own inputs are "
                + "such, so call its layers one by one"
            ))
        }
      }
    }
    let isString = Set(
      blueprint.inputs.filter { reference in
        let layer = layers.first { $0.name == reference.layer }?.layer as? InputLayer
        return layer?.dtype == "string"
          || steps.contains { type(of: $0.layer).takesStringsOnly && $0.inputs.contains(reference) }
      })
    for place in order {
      let tensors = layers[place.layer].calls[place.call].arguments.tensors
      let name = layers[place.layer].name
      guard let input = tensors.first(where: isString.contains),
        !steps.contains(where: { $0.result.layer == name && $0.result.call == place.call })
      else { continue }
      refusals.append((place.layer, "its input '\(input.layer)' holds strings"))
    }
    guard !steps.isEmpty else { return }
    let used = Set(steps.flatMap(\.inputs))
    entries =
      blueprint.inputs.filter {
        !isString.contains($0) && (inGraph.contains($0) || !used.contains($0))
      }
      + steps.map(\.result).filter { inGraph.contains($0) || !used.contains($0) }
    stage = DataStage(
      sources: blueprint.inputs.map { reference in
        let layer = layers.first { $0.name == reference.layer }?.layer as? InputLayer
        // An input of which nothing is said has no shape at all.
        let row = layer.flatMap { $0.batchShape.isEmpty ? nil : Array($0.batchShape.dropFirst()) }
        return DataStage.Source(
          reference: reference, row: row, takesStrings: isString.contains(reference))
      }, steps: steps, entries: entries)
  }

  /// The step that a call is; `nil` for calls in the graph.
  func step(of layer: String, call: Int) -> DataStage.Step? {
    stage?.steps.first { $0.result.layer == layer && $0.result.call == call }
  }
}
