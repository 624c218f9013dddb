public import Graphs
import Tensors

extension Model {
  /// Builds the model into a graph.
  ///
  /// - Parameters:
  ///   - graph: Where the operations go. The variables are its parameters, by their numbers.
  ///   - inputs: The model's inputs, batch first.
  ///   - training: Whether dropout drops and batch statistics are used.
  ///   - firstStream: The number of the first stream of random numbers to use.
  /// - Throws: ``ModelError/opaque(_:)`` if the model cannot be run, ``ModelError/inputShape(input:found:expected:)`` for
  ///   data that does not fit.
  public func buildForward(
    graph: inout Graph, inputs: [Value], training: Bool, firstStream: Int = 0
  ) throws -> ForwardPass {
    let parameters = variables.map { graph.parameter($0.number, shape: $0.shape) }
    let batch = inputs.first.map { graph.shape($0).rank > 0 ? graph.shape($0)[0] : 1 } ?? 1
    var scope = LayerScope(
      graph: graph, isTraining: training, batchSize: batch, firstStream: firstStream)
    graph = Graph()
    defer { graph = scope.graph }
    let outputs = try run(
      inputs, parameters: parameters[...], isTrainable: true, prefix: "", scope: &scope)
    var penalties = scope.penalties
    for variable in variables where variable.isTrainable {
      guard let regularizer = variable.declaration.regularizer else { continue }
      penalties.append(regularizer.penalty(of: parameters[variable.number], in: &scope.graph))
    }
    var penalty = penalties.first
    for next in penalties.dropFirst() { penalty = penalty.map { scope.graph.add($0, next) } }
    return ForwardPass(
      outputs: outputs, logits: outputs.map { scope.logits[$0] }, results: scope.results,
      penalty: penalty, updates: scope.updates, parameters: parameters)
  }

  /// Builds the model, nested or not, into a scope.
  private func run(
    _ inputs: [Value], parameters: ArraySlice<Value>, isTrainable: Bool, prefix: String,
    scope: inout LayerScope
  ) throws -> [Value] {
    guard opaqueLayers.isEmpty else { throw ModelError.opaque(opaqueLayers) }
    guard isRunnable else { throw ModelError.unknownInputShape(model: name) }
    try check(inputs, in: scope.graph)
    var results: [TensorReference: Value] = [:]
    for (reference, value) in zip(self.inputs, inputs) {
      results[reference] = value
      scope.results.append(LayerResult(layer: prefix + reference.layer, call: 0, value: value))
    }
    for (index, call) in order {
      let layer = layers[index]
      let arguments = try layer.calls[call].arguments.map { argument -> Value in
        switch argument {
        case .number(let number): return scope.graph.constant(number)
        case .tensor(let reference):
          guard let value = results[reference] else {
            throw ModelError.malformed(
              subject: "layer '\(layer.name)'",
              found: "output \(reference.output) of '\(reference.layer)'", expected: "output 0")
          }
          return value
        }
      }
      let range = variableRanges[index]
      let own = parameters[
        parameters.startIndex + range.lowerBound..<parameters.startIndex + range.upperBound]
      let outer = scope.isTraining
      scope.isTraining = layer.calls[call].training ?? outer
      let result = try value(
        of: layer, arguments, own, isTrainable: isTrainable && self.isTrainable,
        prefix: prefix, scope: &scope)
      scope.isTraining = outer
      results[TensorReference(layer: layer.name, call: call, output: 0)] = result
      scope.results.append(LayerResult(layer: prefix + layer.name, call: call, value: result))
    }
    return try outputs.map {
      guard let value = results[$0] else {
        throw ModelError.malformed(
          subject: "outputs of '\(name)'", found: "'\($0.layer)'", expected: "a layer's result")
      }
      return value
    }
  }

  private func value(
    of layer: ModelLayer, _ arguments: [Value], _ parameters: ArraySlice<Value>,
    isTrainable: Bool, prefix: String, scope: inout LayerScope
  ) throws -> Value {
    switch layer.content {
    case .opaque(let reason):
      throw ModelError.opaque([
        OpaqueLayer(name: layer.name, className: layer.className, reason: reason)
      ])
    case .model(let model):
      let outputs = try model.run(
        arguments, parameters: parameters, isTrainable: isTrainable && layer.isTrainable,
        prefix: prefix + layer.name + "/", scope: &scope)
      return outputs[0]
    case .layer(let content):
      scope.variables = Array(parameters)
      scope.isTrainable = isTrainable && layer.isTrainable
      let result = try content.call(arguments, scope: &scope)
      if let regularizer = content.activityRegularizer {
        let penalty = regularizer.penalty(of: result, in: &scope.graph)
        let rows = max(1, scope.graph.shape(result).extents.first ?? 1)
        scope.add(penalty: scope.graph.scale(penalty, by: 1 / Double(rows)))
      }
      return result
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
