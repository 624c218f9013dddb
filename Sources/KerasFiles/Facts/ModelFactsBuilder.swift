import CaseFile
import JSON
import Networks
import Tensors

/// Collects the facts of a model's layers; those of models within it are laid flat.
struct ModelFactsBuilder {
  private let model: Model
  private let archive: KerasArchive
  private let groups: [String: String]
  private let variables: [String: [ModelVariable]]

  init(model: Model, archive: KerasArchive) {
    self.model = model
    self.archive = archive
    groups = Dictionary(
      WeightGroup.all(of: model).map { ($0.fullName, $0.path) },
      uniquingKeysWith: { first, _ in first })
    variables = Dictionary(grouping: model.variables, by: \.layer)
  }

  /// The names of the layers whose results are the model's outputs.
  func outputs() -> [String] {
    model.outputs.flatMap { resolve($0.layer, in: Scope(model: model)) }
  }

  /// The layers in the order of the file.
  func layers() -> [LayerFacts] {
    var layers = layers(in: Scope(model: model))
    // Behind a layer that cannot be run, shapes go on where a layer's own arguments tell them.
    for index in layers.indices where layers[index].outputShape == nil {
      let source = layers.first { $0.name == layers[index].inputs.first }?.outputShape
      layers[index].outputShape = derivedShape(layers[index], from: source)
    }
    return layers
  }

  private func derivedShape(_ layer: LayerFacts, from input: [Int?]?) -> [Int?]? {
    switch layer.className {
    case "Dense": return layer.units.map { (input?.dropLast() ?? []) + [$0] }
    case "Flatten":
      guard let input, !input.contains(nil) else { return nil }
      return [input.compactMap(\.self).reduce(1) { $0.multipliedReportingOverflow(by: $1).0 }]
    case "Activation", "ReLU", "LeakyReLU", "Softmax", "Dropout", "BatchNormalization",
      "LayerNormalization", "Rescaling", "GaussianNoise":
      return input
    default: return nil
    }
  }

  /// A model within the model: its prefix, and the layers that feed its inputs.
  private struct Scope {
    let model: Model
    var prefix = ""
    var sources: [String: [String]] = [:]
  }

  private func layers(in scope: Scope) -> [LayerFacts] {
    let shapes = savedShapes(scope.model)
    return scope.model.layers.enumerated().flatMap { position, layer -> [LayerFacts] in
      // Within a model, inputs are only names for what comes from outside.
      if scope.sources[layer.name] != nil { return [] }
      if case .model(let inner) = layer.content {
        return layers(in: self.scope(of: layer, inner, in: scope))
      }
      let name = scope.prefix + layer.name
      let known = scope.model.rowShape(ofLayer: layer.name)?.extents
      return [
        LayerFacts(
          name: name, className: layer.className,
          configuration: layer.original["config"] ?? .object(JSONObject()),
          inputs: layer.inputs.flatMap { resolve($0, in: scope) },
          outputShape: known.map { $0.map(Optional.some) } ?? inputShape(layer)
            ?? shapes[layer.name],
          isTrainable: layer.isTrainable && scope.model.isTrainable, isOpaque: layer.isOpaque,
          variables: layer.isOpaque ? opaqueVariables(layer, name) : knownVariables(name))
      ]
    }
  }

  private func scope(of layer: ModelLayer, _ inner: Model, in outer: Scope) -> Scope {
    var scope = Scope(model: inner, prefix: outer.prefix + layer.name + "/")
    for (position, input) in inner.inputs.enumerated() {
      let source = layer.inputs.indices.contains(position) ? [layer.inputs[position]] : []
      scope.sources[input.layer] = source.flatMap { resolve($0, in: outer) }
    }
    return scope
  }

  /// The layers behind a name: for a model within the model those that make its outputs.
  private func resolve(_ name: String, in scope: Scope) -> [String] {
    if let sources = scope.sources[name] { return sources }
    guard let layer = scope.model.layer(named: name), case .model(let inner) = layer.content else {
      return [scope.prefix + name]
    }
    let innerScope = self.scope(of: layer, inner, in: scope)
    return inner.outputs.flatMap { resolve($0.layer, in: innerScope) }
  }

  // MARK: Shapes that the engine does not know

  private func inputShape(_ layer: ModelLayer) -> [Int?]? {
    guard layer.isInput else { return nil }
    let shape = layer.original["config"]?["batch_shape"]?.array ?? []
    return shape.isEmpty ? nil : shape.dropFirst().map(\.int)
  }

  /// The shapes that the file itself tells: what consumers were called with, or were built for.
  private func savedShapes(_ model: Model) -> [String: [Int?]] {
    var shapes: [String: [Int?]] = [:]
    for (layer, next) in zip(model.layers, model.layers.dropFirst())
    where model.className == "Sequential" {
      guard let shape = next.original["build_config"]?["input_shape"]?.array,
        shape.first?.array == nil
      else { continue }
      shapes[layer.name] = shape.dropFirst().map(\.int)
    }
    for layer in model.layers {
      for node in layer.original["inbound_nodes"]?.array ?? [] { collect(node, into: &shapes) }
    }
    return shapes
  }

  private func collect(_ value: JSONValue, into shapes: inout [String: [Int?]]) {
    if let config = value["config"], let name = config["keras_history"]?[0]?.string {
      if let shape = config["shape"]?.array { shapes[name] = shape.dropFirst().map(\.int) }
      return
    }
    for element in value.array ?? [] { collect(element, into: &shapes) }
    for member in value.object?.members ?? [] { collect(member.value, into: &shapes) }
  }

  // MARK: Weights

  private func knownVariables(_ name: String) -> [VariableFacts] {
    (variables[name] ?? []).map { variable in
      let isTrainable = variable.declaration.isTrainable
      guard let array = archive.weights[variable.path] else {
        return VariableFacts(
          name: variable.name, shape: variable.shape.extents, isTrainable: isTrainable,
          statistics: nil)
      }
      return VariableFacts(array, name: variable.name, isTrainable: isTrainable)
    }
  }

  /// The arrays in the group of a layer that cannot be run.
  private func opaqueVariables(_ layer: ModelLayer, _ name: String) -> [VariableFacts] {
    guard let group = groups[name] else { return [] }
    let paths = archive.weights.keys.filter { $0.hasPrefix(group + "/") }
    let names = OpaqueVariableNames(className: layer.className)
    return paths.map { Array($0.dropFirst(group.count + 1).split(separator: "/")) }
      .sorted { first, second in
        let prefixes = (
          first.dropLast().joined(separator: "/"), second.dropLast().joined(separator: "/")
        )
        if prefixes.0 != prefixes.1 { return prefixes.0 < prefixes.1 }
        return (Int(first.last ?? "") ?? 0) < (Int(second.last ?? "") ?? 0)
      }
      .compactMap { parts in
        guard let array = archive.weights[group + "/" + parts.joined(separator: "/")] else {
          return nil
        }
        let (variable, isTrainable) = names.name(ofPath: parts.map(String.init))
        return VariableFacts(array, name: variable, isTrainable: isTrainable)
      }
  }
}

/// The names of the variables of Keras' own layers that the engine does not run; the file only
/// numbers them.
struct OpaqueVariableNames {
  let className: String

  private static let recurrent = ["kernel", "recurrent_kernel", "bias"]
  private static let known: [String: [String]] = [
    "Embedding": ["embeddings"], "LSTM": recurrent, "GRU": recurrent, "SimpleRNN": recurrent,
    "Bidirectional": recurrent,
    "SeparableConv1D": ["depthwise_kernel", "pointwise_kernel", "bias"],
    "SeparableConv2D": ["depthwise_kernel", "pointwise_kernel", "bias"],
    "BatchNormalization": ["gamma", "beta", "moving_mean", "moving_variance"],
    "LayerNormalization": ["gamma", "beta"], "GroupNormalization": ["gamma", "beta"],
    "PReLU": ["alpha"],
  ]

  /// The name of the variable at a path within the layer's group, as `vars/0` or `cell/vars/1`, and
  /// whether training moves it.
  func name(ofPath parts: [String]) -> (String, Bool) {
    let number = Int(parts.last ?? "") ?? 0
    let names =
      Self.known[className]
      ?? (className.contains("Conv") || className.contains("Dense") ? ["kernel", "bias"] : [])
    let inner = parts.dropLast().filter { $0 != "vars" && $0 != "cell" }
    let last =
      names.indices.contains(number) ? names[number] : parts.suffix(2).joined(separator: "/")
    return ((inner + [last]).joined(separator: "/"), !last.hasPrefix("moving_"))
  }
}
