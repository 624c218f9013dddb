public import Graphs
import Tensors

extension Model {
  /// Builds the model into a graph.
  ///
  /// - Parameters:
  ///   - graph: Where the operations go. The variables are its parameters, by their numbers.
  ///   - inputs: The model's inputs, batch first.
  ///   - training: Whether dropout drops and batch statistics are used.
  ///   - numerics: Whose arithmetic is followed where Keras' backends differ.
  ///   - firstStream: The number of the first stream of random numbers to use.
  /// - Throws: ``ModelError/opaque(_:)`` if the model cannot be run, ``ModelError/inputShape(input:found:expected:)`` for
  ///   data that does not fit.
  public func buildForward(
    graph: inout Graph, inputs: [Value], training: Bool, numerics: LossNumerics = .fused,
    firstStream: Int = 0
  ) throws -> ForwardPass {
    let parameters = variables.map { graph.parameter($0.number, shape: $0.shape) }
    let batch = inputs.first.map { graph.shape($0).rank > 0 ? graph.shape($0)[0] : 1 } ?? 1
    var scope = LayerScope(
      graph: graph, isTraining: training, batchSize: batch, numerics: numerics,
      firstStream: firstStream,
      carried: CarriedStates(
        carriedStates, firstParameter: variables.count, batchSize: fixedBatchSize))
    graph = Graph()
    defer { graph = scope.graph }
    let outputs = try run(
      inputs.map { MaskedValue($0) }, parameters: parameters[...], isTrainable: true, prefix: "",
      scope: &scope)
    var penalties = scope.penalties
    for variable in variables where variable.isTrainable {
      guard let regularizer = variable.declaration.regularizer else { continue }
      let value = scope.substitutes[variable.number] ?? parameters[variable.number]
      penalties.append(regularizer.penalty(of: value, in: &scope.graph))
    }
    var penalty = penalties.first
    for next in penalties.dropFirst() { penalty = penalty.map { scope.graph.add($0, next) } }
    return ForwardPass(
      outputs: outputs.map(\.value), logits: outputs.map { scope.logits[$0.value] },
      masks: outputs.map(\.mask), results: scope.results, penalty: penalty, updates: scope.updates,
      carried: scope.carried.updates, parameters: parameters)
  }

  /// Builds the model into a graph that only follows shapes and masks.
  ///
  /// - Parameter prefix: What stands before the names of its layers.
  func followed(
    _ inputs: [MaskedValue], prefix: String, in scope: inout LayerScope
  ) throws -> [MaskedValue] {
    let parameters = variables.map { scope.graph.parameter($0.number, shape: $0.shape) }
    return try run(
      inputs, parameters: parameters[...], isTrainable: true, prefix: prefix, scope: &scope)
  }

  /// Builds the model, nested or not, into a scope.
  func run(
    _ inputs: [MaskedValue], parameters: ArraySlice<Value>, isTrainable: Bool, prefix: String,
    scope: inout LayerScope
  ) throws -> [MaskedValue] {
    guard opaqueLayers.isEmpty else { throw ModelError.opaque(opaqueLayers) }
    guard isRunnable else { throw ModelError.unknownInputShape(model: name) }
    try check(inputs.map(\.value), in: scope.graph)
    var results: [TensorReference: MaskedValue] = [:]
    for (reference, input) in zip(self.inputs, inputs) {
      results[reference] = input
      if dataStep(reference) != nil { continue }
      scope.results.append(
        LayerResult(layer: prefix + reference.layer, call: 0, value: input.value))
    }
    for (index, call) in order {
      let layer = layers[index]
      let reference = TensorReference(layer: layer.name, call: call, output: 0)
      if let step = dataStep(reference) {
        // What only other such layers take in has no place in the graph.
        guard let entry = results[reference] else { continue }
        let value = try step.layer.call(entry: entry.value, scope: &scope)
        results[reference] = MaskedValue(value)
        scope.results.append(
          LayerResult(layer: prefix + layer.name, call: call, value: value))
        continue
      }
      guard let arguments = layer.calls[call].arguments.mapped({ results[$0] }) else {
        throw missing(layer.calls[call].arguments.tensors, in: results, "layer '\(layer.name)'")
      }
      let range = variableRanges[index]
      let own = parameters[
        parameters.startIndex + range.lowerBound..<parameters.startIndex + range.upperBound]
      let found = try values(
        of: layer, arguments, own, isTrainable: isTrainable && self.isTrainable,
        prefix: prefix, scope: &scope)
      if let content = layer.layer, type(of: content).clearsInputMasks {
        for reference in layer.calls[call].arguments.tensors {
          results[reference] = results[reference].map { MaskedValue($0.value) }
        }
      }
      for (output, result) in found.enumerated() {
        results[TensorReference(layer: layer.name, call: call, output: output)] = result
      }
      guard let first = found.first else { continue }
      scope.results.append(
        LayerResult(layer: prefix + layer.name, call: call, value: first.value))
    }
    return try outputs.map {
      guard let result = results[$0] else {
        throw missing([$0], in: results, "outputs of '\(name)'")
      }
      return result
    }
  }

  /// The call that makes a result of data, if one does.
  private func dataStep(_ reference: TensorReference) -> DataStage.Step? {
    dataStage?.steps.first { $0.result == reference }
  }

  private func missing(
    _ references: [TensorReference], in results: [TensorReference: MaskedValue], _ subject: String
  ) -> ModelError {
    let lost = references.first { results[$0] == nil }
    let found = lost.map { "output \($0.output) of call \($0.call) of '\($0.layer)'" }
    return .malformed(
      subject: subject, found: found ?? "nothing", expected: "a result that a layer has")
  }

  private func values(
    of layer: ModelLayer, _ arguments: CallArguments<MaskedValue>, _ parameters: ArraySlice<Value>,
    isTrainable: Bool, prefix: String, scope: inout LayerScope
  ) throws -> [MaskedValue] {
    switch layer.content {
    case .opaque(let reason):
      throw ModelError.opaque([
        OpaqueLayer(name: layer.name, className: layer.className, reason: reason)
      ])
    case .model(let model):
      return try model.run(
        layer.maskedInputs(of: arguments), parameters: parameters,
        isTrainable: isTrainable && layer.isTrainable, prefix: prefix + layer.name + "/",
        scope: &scope)
    case .layer(let content):
      scope.variables = Array(parameters)
      scope.carried.begin(prefix + layer.name)
      scope.isTrainable = isTrainable && layer.isTrainable
      let results = try content.run(arguments, scope: &scope)
      if let regularizer = content.activityRegularizer {
        for result in results {
          let penalty = regularizer.penalty(of: result.value, in: &scope.graph)
          let rows = max(1, scope.graph.shape(result.value).extents.first ?? 1)
          scope.add(penalty: scope.graph.scale(penalty, by: 1 / Double(rows)))
        }
      }
      return results
    }
  }

  private func check(_ values: [Value], in graph: Graph) throws {
    guard values.count == inputs.count else {
      throw ModelError.inputShape(
        input: name, found: "\(values.count) arrays", expected: "\(inputs.count)")
    }
    for (index, value) in values.enumerated() {
      guard let wanted = inputRowShapes[index] else { continue }
      let found = graph.shape(value)
      if Array(found.extents.dropFirst()) != wanted.extents {
        throw ModelError.inputShape(
          input: inputs[index].layer, found: "\(found)",
          expected: "rows of shape \(wanted) (batch first)")
      }
    }
  }
}
