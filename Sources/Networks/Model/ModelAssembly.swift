import Graphs
import JSON
import Tensors

/// Follows shapes through the layers of a model by building each of them into a trial graph.
struct ModelAssembly {
  /// How many rows the trial graph's batch has: more than one, so that no axis of the data is
  /// taken for one that broadcasts.
  private static let trialBatch = 2
  /// More elements (4 TiB) than one array ever has; beyond it, products of extents overflow.
  private static let largestCount = 1 << 40

  private(set) var layers: [ModelLayer]
  private(set) var order: [(layer: Int, call: Int)] = []
  private(set) var ranges: [Range<Int>]
  private(set) var variables: [ModelVariable] = []
  private(set) var shapes: [Shape?]
  private(set) var inputShapes: [Shape?] = []
  private(set) var opaqueLayers: [OpaqueLayer] = []
  private var declarations: [[ModelVariable]?]
  private var scope: LayerScope
  /// The rows of what layers make of data.
  private var dataRows: [TensorReference: [Int?]] = [:]
  private var results: [TensorReference: MaskedValue] = [:]
  private let blueprint: ModelBlueprint
  private var plan: DataPlan

  /// What happens to data before it enters the graph.
  var stage: DataStage? { plan.stage }
  /// The states that layers hand on from batch to batch.
  var carriedStates: [CarriedState] { scope.carried.all }
  /// Where numbers enter the graph.
  var entries: [TensorReference] { plan.entries }

  init(_ blueprint: ModelBlueprint) {
    self.blueprint = blueprint
    scope = LayerScope(
      graph: Graph(), isTraining: false, batchSize: Self.trialBatch,
      carried: CarriedStates(batchSize: blueprint.fixedBatchSize))
    plan = DataPlan(blueprint, order: [])
    layers = blueprint.layers
    ranges = [Range<Int>](repeating: 0..<0, count: layers.count)
    shapes = [Shape?](repeating: nil, count: layers.count)
    declarations = [[ModelVariable]?](repeating: nil, count: layers.count)
    orderCalls()
    plan = DataPlan(blueprint, order: order)
    // What cannot be read has a reason of its own.
    for refusal in plan.refusals where !layers[refusal.layer].isOpaque {
      makeOpaque(refusal.layer, refusal.reason)
    }
    enterInputs()
    for place in order { follow(place) }
    number()
    for layer in layers {
      switch layer.content {
      case .opaque(let reason):
        opaqueLayers.append(
          OpaqueLayer(name: layer.name, className: layer.className, reason: reason))
      case .model(let model):
        opaqueLayers += model.opaqueLayers.map {
          OpaqueLayer(
            name: "\(layer.name)/\($0.name)", className: $0.className, reason: $0.reason)
        }
      case .layer: break
      }
    }
  }

  /// The shape of a trial batch of rows; `nil` for extents that are open or that no data has.
  private static func batch(of row: [Int]) -> Shape? {
    guard row.allSatisfy({ $0 > 0 }) else { return nil }
    let shape = Shape([trialBatch] + row)
    return shape.count <= largestCount ? shape : nil
  }

  /// Checks a shape that follows from a layer's arguments: files may hold any numbers.
  private static func check(_ shape: Shape, _ what: String, of layer: ModelLayer) throws {
    guard (1...largestCount).contains(shape.count) else {
      throw ShapeError(
        subject: "\(layer.className) '\(layer.name)'", found: "\(what) of shape \(shape)",
        expected: "1 to \(largestCount) elements")
    }
  }

  private mutating func enterInputs() {
    for entry in blueprint.inputs {
      guard let index = layers.firstIndex(where: { $0.name == entry.layer }) else { continue }
      let input = layers[index].layer as? InputLayer
      // One number a row has no axis.
      if input?.batchShape.count == 1 {
        shapes[index] = Self.batch(of: [])
      } else if let input, input.batchShape.count > 1 {
        shapes[index] = Self.batch(of: input.batchShape.dropFirst().map { $0 ?? 0 })
      }
      declarations[index] = []
    }
    var stepShapes: [TensorReference: Shape] = [:]
    for step in plan.stage?.steps ?? [] { stepShapes[step.result] = entryShape(step) }
    for (position, entry) in plan.entries.enumerated() {
      guard let index = layers.firstIndex(where: { $0.name == entry.layer }) else {
        inputShapes.append(nil)
        continue
      }
      let isMade = plan.step(of: entry.layer, call: entry.call) != nil
      var shape: Shape?
      if !isMade, (layers[index].layer as? InputLayer)?.batchShape.count == 1 {
        // One number a row, whether the data have an axis for it or not.
        shape = shapes[index]
      } else if let given = blueprint.inputRowShapes, given.indices.contains(position) {
        shape = Self.batch(of: given[position].extents)
      } else {
        shape = isMade ? stepShapes[entry] : shapes[index]
      }
      inputShapes.append(shape)
      guard let shape else { continue }
      results[entry] = MaskedValue(scope.graph.input(position, shape: shape))
      if !isMade { shapes[index] = shape }
    }
  }

  /// The shape of what a layer makes of data, where the data does not decide it.
  private mutating func entryShape(_ step: DataStage.Step) -> Shape? {
    let rows = step.inputs.compactMap { input in
      dataRows[input] ?? plan.stage?.sources.first { $0.reference == input }?.row
    }
    guard rows.count == step.inputs.count else { return nil }
    do {
      let row = try step.layer.entryRow(rows)
      if step.layer.givesPlaces { dataRows[step.result] = row }
      return row.contains(nil) ? nil : Self.batch(of: row.compactMap(\.self))
    } catch {
      if let index = layers.firstIndex(where: { $0.name == step.result.layer }) {
        makeOpaque(index, "\(error)")
      }
      return nil
    }
  }

  private mutating func makeOpaque(_ index: Int, _ reason: String) {
    let old = layers[index]
    layers[index] = ModelLayer(
      name: old.name, className: old.className, content: .opaque(reason: reason),
      isTrainable: old.isTrainable, calls: old.calls, original: old.original,
      isOperation: old.isOperation)
  }

  /// Orders the calls: takes every one whose arguments were computed, until none is left.
  private mutating func orderCalls() {
    var done = Set(blueprint.inputs.map(\.firstOutput))
    var waiting = layers.indices.flatMap { layer in
      layers[layer].calls.indices.map { (layer: layer, call: $0) }
    }
    while !waiting.isEmpty {
      let before = waiting.count
      waiting.removeAll { place in
        let call = layers[place.layer].calls[place.call]
        guard call.arguments.tensors.allSatisfy({ done.contains($0.firstOutput) }) else {
          return false
        }
        order.append(place)
        done.insert(
          TensorReference(layer: layers[place.layer].name, call: place.call, output: 0))
        return true
      }
      if waiting.count == before {
        for place in waiting {
          makeOpaque(place.layer, "its inputs are missing or depend on its own result")
        }
        break
      }
    }
  }

  private mutating func follow(_ place: (layer: Int, call: Int)) {
    let layer = layers[place.layer]
    if let step = plan.step(of: layer.name, call: place.call) {
      follow(step, place)
      return
    }
    let arguments = layer.calls[place.call].arguments.mapped { results[$0] }
    // Behind a layer that cannot be run, the file itself may still say what came out of it.
    let inputs = arguments.map { layer.inputs(of: $0) }
    guard let inputShapes = inputs?.map({ scope.graph.shape($0.value) }) ?? savedShapes(layer)
    else { return }
    do {
      switch layer.content {
      case .opaque: return
      case .layer(let content):
        try type(of: content).check(layer.calls[place.call].arguments)
        let wanted = try content.variables(for: inputShapes)
        for variable in wanted { try Self.check(variable.shape, variable.name, of: layer) }
        try declare(place.layer, wanted)
        guard let arguments else { return }
        scope.variables = (declarations[place.layer] ?? []).enumerated().map {
          scope.graph.parameter(place.layer << 16 + $0.offset, shape: $0.element.shape)
        }
        scope.carried.begin(layer.name)
        let found = try content.run(arguments, scope: &scope)
        for result in found {
          try Self.check(scope.graph.shape(result.value), "a result", of: layer)
        }
        for state in scope.carried.all { try Self.check(state.shape, "a state", of: layer) }
        finish(place, found)
      case .model(let model):
        let rows = inputShapes.map { Shape(Array($0.extents.dropFirst())) }
        let built =
          model.isRunnable ? model : try Model(configuration: model.original, inputRowShapes: rows)
        adopt(built, at: place.layer)
        guard let arguments, built.isRunnable else { return }
        finish(
          place,
          try built.followed(
            layer.maskedInputs(of: arguments), prefix: layer.name + "/", in: &scope))
      }
    } catch {
      makeOpaque(place.layer, "\(error)")
    }
  }

  /// Follows a layer that works on data: what it made enters the graph.
  private mutating func follow(_ step: DataStage.Step, _ place: (layer: Int, call: Int)) {
    let layer = layers[place.layer]
    guard !layer.isOpaque else { return }
    declarations[place.layer] = []
    do {
      guard let entry = results[step.result] else { return }
      let result = try step.layer.call(entry: entry.value, scope: &scope)
      try Self.check(scope.graph.shape(result), "a result", of: layer)
      finish(place, [MaskedValue(result)])
    } catch {
      results[step.result] = nil
      makeOpaque(place.layer, "\(error)")
    }
  }

  private mutating func finish(_ place: (layer: Int, call: Int), _ found: [MaskedValue]) {
    let name = layers[place.layer].name
    for (output, result) in found.enumerated() {
      results[TensorReference(layer: name, call: place.call, output: output)] = result
    }
    if place.call == 0 { shapes[place.layer] = found.first.map { scope.graph.shape($0.value) } }
  }

  /// The shapes of what the model computes, batch included; `nil` where they are not known.
  var outputShapes: [Shape?] {
    blueprint.outputs.map { results[$0].map { scope.graph.shape($0.value) } }
  }

  private func savedShapes(_ layer: ModelLayer) -> [Shape]? {
    guard let saved = layer.original["build_config"]?["input_shape"]?.array else { return nil }
    let lists = saved.first?.array == nil ? [saved] : saved.compactMap(\.array)
    let shapes = lists.map { list in Self.batch(of: list.dropFirst().map { $0.int ?? 0 }) }
    guard !shapes.isEmpty, !shapes.contains(nil) else { return nil }
    return shapes.compactMap(\.self)
  }

  private mutating func declare(_ index: Int, _ wanted: [VariableDeclaration]) throws {
    let layer = layers[index]
    if let known = declarations[index] {
      guard known.map(\.shape) == wanted.map(\.shape) else {
        throw ShapeError(
          subject: layer.name, found: "calls with inputs of different shapes",
          expected: "inputs that fit the same weights")
      }
      return
    }
    var counts: [String: Int] = [:]
    declarations[index] = wanted.map { declaration in
      let position = counts[declaration.place, default: 0]
      counts[declaration.place] = position + 1
      if let second = declaration.secondPlace { counts[second, default: 0] += 1 }
      return ModelVariable(
        number: 0, layer: layer.name, layerPath: declaration.place,
        secondLayerPath: declaration.secondPlace, position: position, declaration: declaration,
        isTrainable: declaration.isTrainable && layer.isTrainable && blueprint.isTrainable)
    }
  }

  private mutating func adopt(_ model: Model, at index: Int) {
    guard declarations[index] == nil else { return }
    let old = layers[index]
    layers[index] = ModelLayer(
      name: old.name, className: old.className, content: .model(model),
      isTrainable: old.isTrainable, calls: old.calls, original: old.original, isOperation: false)
    declarations[index] = model.variables.map { variable in
      ModelVariable(
        number: 0, layer: "\(old.name)/\(variable.layer)", layerPath: variable.layerPath,
        secondLayerPath: variable.secondLayerPath, position: variable.position,
        declaration: variable.declaration,
        isTrainable: variable.isTrainable && old.isTrainable && blueprint.isTrainable)
    }
  }

  /// Numbers the variables in the order of the layers and names their places in the weights file:
  /// the class in snake case, and from the second of its kind on a count.
  private mutating func number() {
    var counts: [String: Int] = [:]
    for (index, layer) in layers.enumerated() {
      let start = variables.count
      var path = ""
      let isCounted =
        !layer.isOperation && !(layer.isInput && blueprint.className == "Sequential")
      if isCounted {
        let kind = snakeCase(layer.layer.map { type(of: $0).sourceName } ?? layer.className)
        let count = counts[kind, default: 0]
        counts[kind] = count + 1
        path = "layers/" + (count == 0 ? kind : "\(kind)_\(count)")
      }
      func inner(_ place: String) -> String { place.isEmpty ? path : "\(path)/\(place)" }
      for variable in declarations[index] ?? [] {
        variables.append(
          ModelVariable(
            number: variables.count, layer: variable.layer, layerPath: inner(variable.layerPath),
            secondLayerPath: variable.secondLayerPath.map(inner), position: variable.position,
            declaration: variable.declaration, isTrainable: variable.isTrainable))
      }
      ranges[index] = start..<variables.count
    }
  }
}
