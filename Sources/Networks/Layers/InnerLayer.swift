package import Graphs
package import JSON
package import Tensors

/// A layer that another layer holds: the one that `TimeDistributed` applies at every step.
package struct InnerLayer: Sendable {
  /// The attribute of the outer layer that holds it, and its place among the weights.
  let attribute: String
  /// What it is.
  let content: ModelLayer

  /// Reads the layer under a key of the outer layer's configuration.
  ///
  /// - Throws: `ConfigurationError` if it is none that can be run.
  package init(_ configuration: Configuration, key: String, attribute: String) throws {
    guard let entry = configuration.value(key) else {
      throw configuration.error(key, found: nil, expected: "a layer")
    }
    let layer = try LayerReader(entry).layer(calls: [])
    if case .opaque(let reason) = layer.content {
      throw ConfigurationError(
        subject: configuration.subject, key: key, found: "\(layer.className) '\(layer.name)'",
        expected: "a layer that can be run", advice: reason)
    }
    self.attribute = attribute
    content = layer
  }

  /// The layer as it stands in the configuration.
  package var json: JSONValue { Model.entry(content, isFunctional: false) }

  /// The groups of the weights file that are its own.
  var groups: [String] {
    var inner: [String] = []
    if case .model(let model) = content.content {
      inner = Set(model.variables.map(\.layerPath)).sorted()
    } else if let layer = content.layer {
      inner = layer.innerGroups
    }
    return [attribute] + inner.map { "\(attribute)/\($0)" }
  }

  /// Its variables, named after the attribute if there are several inner layers.
  package func variables(for inputs: [Shape], isNamed: Bool) throws -> [VariableDeclaration] {
    let own: [VariableDeclaration]
    switch content.content {
    case .layer(let layer): own = try layer.variables(for: inputs)
    case .model:
      own = try model(for: inputs).variables.map { variable in
        variable.declaration.at(variable.layerPath, isTrainable: variable.isTrainable)
      }
    case .opaque: own = []
    }
    return own.map { variable in
      variable.within(attribute, isNamed: isNamed)
        .at(nil, isTrainable: variable.isTrainable && content.isTrainable)
    }
  }

  /// Calls the layer in the scope of the outer one, whose variables must be set to the layer's own.
  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    switch content.content {
    case .layer(let layer): return try layer.outputs(inputs, scope: &scope)
    case .model:
      let model = try model(for: inputs.map { scope.graph.shape($0) })
      // Its layers set their own ones.
      let (variables, isTrainable) = (scope.variables, scope.isTrainable)
      defer { (scope.variables, scope.isTrainable) = (variables, isTrainable) }
      return try model.run(
        inputs.map { MaskedValue($0) }, parameters: scope.variables[...],
        isTrainable: scope.isTrainable && content.isTrainable, prefix: content.name + "/",
        scope: &scope
      ).map(\.value)
    case .opaque: return []
    }
  }

  /// The model, built for inputs of given shapes.
  private func model(for inputs: [Shape]) throws -> Model {
    guard case .model(let model) = content.content else {
      throw ShapeError(
        subject: content.name, found: content.className, expected: "a model")
    }
    if model.isRunnable { return model }
    let rows = inputs.map { Shape(Array($0.extents.dropFirst())) }
    let built = try Model(configuration: model.original, inputRowShapes: rows)
    guard built.isRunnable else { throw ModelError.opaque(built.opaqueLayers) }
    return built
  }
}

extension VariableDeclaration {
  /// The same variable in another place, or with another say about training.
  fileprivate func at(_ place: String?, isTrainable: Bool) -> VariableDeclaration {
    VariableDeclaration(
      name: name, place: place ?? self.place, secondPlace: secondPlace, shape: shape,
      initializer: initializer, isTrainable: isTrainable, regularizer: regularizer,
      constraint: constraint)
  }
}
