import Engine
import Graphs
import Networks
import Tensors
import Training

/// The loss of a run as a function of the weights, on a fixed set of rows: values, gradients and
/// products with the Hessian. It only reads the weights that it is handed.
final class LossProbe {
  /// Where each parameter lies in the arena of weights.
  let layout: ParameterLayout
  /// How many rows it looks at.
  let rows: Int
  /// The layers whose results ``layerOutput(_:)`` gives, in the order of the model.
  let reportedLayers: [String]
  /// The shapes of those results, rows first.
  let reportedShapes: [Shape]
  /// The gradient of the last evaluation, trainable weights in the order of the arena.
  private(set) var gradient: [Float]

  private let values: any Executable
  private let products: (any Executable)?
  private let firstDirection: Int

  /// Prepares the programs.
  ///
  /// - Parameters:
  ///   - withCurvature: Whether products with the Hessian are wanted.
  init(
    model: Model, compilation: Compilation, rows data: RunRows, withCurvature: Bool,
    backend: any Backend
  ) throws {
    let layout = model.layout
    self.layout = layout
    let data = try data.trainingData.fitted(to: model, what: "rows of a probe")
    rows = data.rowCount
    let trainable = model.variables.filter(\.isTrainable).map(\.number)
    var objective = try Objective(
      model: model, compilation: compilation, batchSize: data.rowCount,
      inputRows: data.inputs.map(\.rowShape),
      targetRows: data.targets.map(\.rowShape),
      weightRows: data.sampleWeights.map(\.rowShape),
      isTraining: false)
    let slopes = objective.gradients(ofParameters: trainable)
    let results = model.layers.compactMap { layer in
      objective.forward.result(ofLayer: layer.name).map { (layer.name, $0) }
    }
    reportedLayers = results.map(\.0)
    reportedShapes = results.map { objective.graph.shape($0.1) }
    let outputs = [objective.dataLoss, objective.loss] + objective.forward.outputs.prefix(1)
    values = try backend.compile(
      Program(
        graph: objective.graph, outputs: outputs + results.map(\.1), gradients: slopes),
      layout: layout)

    let arrays = data.arrays
    firstDirection = arrays.count
    if withCurvature, !trainable.isEmpty {
      products = try backend.compile(
        LossProbe.curvature(&objective, slopes: slopes, of: trainable, from: firstDirection),
        layout: layout)
    } else {
      products = nil
    }
    gradient = [Float](repeating: 0, count: layout.trainableCount)
    for executable in [values, products].compactMap({ $0 }) {
      for (index, array) in arrays.enumerated() {
        guard let memory = executable.input(index).baseAddress else { continue }
        try array.read(0..<rows, into: memory)
      }
    }
  }

  /// The program of Hessian times direction: the gradient of (gradient · direction).
  private static func curvature(
    _ objective: inout Objective, slopes: [Int: Value], of numbers: [Int], from firstInput: Int
  ) -> Program {
    var along = objective.graph.constant(0)
    let parameters = numbers.map { objective.forward.parameters[$0] }
    for (index, number) in numbers.enumerated() {
      guard let slope = slopes[number] else { continue }
      let direction = objective.graph.input(
        firstInput + index, shape: objective.graph.shape(parameters[index]))
      let product = objective.graph.multiply(slope, direction)
      along = objective.graph.add(along, objective.graph.sum(product))
    }
    let columns = objective.graph.gradients(of: along, withRespectTo: parameters)
    return Program(graph: objective.graph, outputs: columns)
  }

  /// What one evaluation gives.
  struct Reading {
    /// The loss without penalties.
    var dataLoss: Double
    /// The penalties.
    var penalty: Double
  }

  /// Evaluates loss, penalties and gradients at given weights (an arena in the order of ``layout``).
  func evaluate(_ weights: [Float]) -> Reading {
    var arena = weights
    arena.withUnsafeMutableBufferPointer { weights in
      gradient.withUnsafeMutableBufferPointer { slopes in
        guard let weights = weights.baseAddress else { return }
        values.run(parameters: weights, gradients: slopes.baseAddress, seed: 0, step: 0)
      }
    }
    let (data, total) = (Double(values.output(0)[0]), Double(values.output(1)[0]))
    return Reading(dataLoss: data, penalty: total - data)
  }

  /// The model's output of the last evaluation, row by row.
  var output: [Float] { Array(values.output(2)) }

  /// The result of one of ``reportedLayers`` in the last evaluation.
  func layerOutput(_ index: Int) -> [Float] { Array(values.output(3 + index)) }

  /// The product of the Hessian of the whole loss with a direction, both over the trainable weights.
  ///
  /// - Precondition: prepared with curvature.
  func hessianProduct(_ direction: [Float], at weights: [Float]) -> [Float] {
    guard let products else { preconditionFailure("prepared without curvature") }
    var result = [Float](repeating: 0, count: layout.trainableCount)
    let trainable = layout.slots.filter(\.isTrainable)
    for (index, slot) in trainable.enumerated() {
      _ = products.input(firstDirection + index).update(fromContentsOf: direction[slot.range])
    }
    var arena = weights
    arena.withUnsafeMutableBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      products.run(parameters: weights, gradients: nil, seed: 0, step: 0)
    }
    for (index, slot) in trainable.enumerated() {
      result.replaceSubrange(slot.range, with: products.output(index))
    }
    return result
  }
}
