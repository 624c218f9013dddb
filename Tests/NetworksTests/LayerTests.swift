import Engine
import Foundation
import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

/// One law-checker for every layer: Keras' numbers, gradients (against Keras and against
/// differences), three steps, moving statistics and penalties, inferred shapes, equal bits, and a
/// configuration that survives the round trip.
@Suite struct LayerTests {
  /// The golden files that hold layers.
  private static let files = ["layers.json", "images.json", "categories.json"]
  /// Layers of Keras in the golden file that cannot be run here.
  private static let unsupported: Set = ["Dot"]
  /// Entries whose output jumps with its input: there is a gradient but no difference to hold it to.
  private static let jumps: Set = ["equalization"]

  @Test func numbersAreKeras() throws {
    var covered: Set<String> = ["InputLayer"]
    for entry in try Self.files.flatMap({ try Golden.entries($0) }) {
      let className = try #require(entry["class_name"]?.string)
      if Self.unsupported.contains(className) { continue }
      covered.insert(className)
      if entry["law"]?.bool == true {
        try checkLaw(entry)
        continue
      }
      if entry["random"]?.bool == true {
        try checkRandom(entry)
        continue
      }
      try check(entry)
    }
    covered.formUnion(try Self.layersOfSequences())
    // Layers that work on strings have a test of their own.
    covered.formUnion(try Golden.entries("texts.json").compactMap { $0["class_name"]?.string })
    let missing = Set(LayerCatalogue.all.map { type in type.className }).subtracting(covered)
    #expect(
      missing == ["SpatialDropout2D", "SpatialDropout3D"])
  }

  /// The classes in the models of sequences, which another test compares with Keras.
  private static func layersOfSequences() throws -> Set<String> {
    var found: Set<String> = []
    func collect(_ value: JSONValue) {
      if let name = value["class_name"]?.string { found.insert(name) }
      for element in value.array ?? [] { collect(element) }
      for member in value.object?.members ?? [] { collect(member.value) }
    }
    let files = ["masks", "recurrent", "attention", "operators"].map { "sequence_\($0)" }
    for file in files + ["spectral"] {
      for entry in try Golden.entries("\(file).json") {
        collect(entry["config"] ?? .null)
      }
    }
    return found
  }

  private func check(_ entry: JSONValue) throws {
    let label = Comment(rawValue: entry["name"]?.string ?? "")
    let model = try modelOfOneLayer(entry)
    #expect(model.isRunnable, "\(label): \(model.opaqueLayers)")
    guard model.isRunnable else { return }
    let inputs = entry["inputs"]?.tensors ?? []
    let saved = entry["weights"]?.array ?? []
    let names = model.variables.map(\.name).filter { $0 != "count" }
    #expect(names == saved.compactMap { $0["name"]?.string }, label)
    let parameters = model.variables.map { variable in
      saved.first { $0["name"]?.string == variable.name }?["value"]?.tensor
        ?? Tensor(repeating: 0, shape: variable.shape)
    }
    var graph = Graph()
    let values = inputs.enumerated().map { graph.input($0.offset, shape: $0.element.shape) }
    let forward = try model.buildForward(
      graph: &graph, inputs: values, training: entry["training"]?.bool ?? false)
    let output = forward.outputs[0]
    let wanted = try #require(entry["output"]?.tensor)
    #expect(graph.shape(output) == wanted.shape, label)
    let cotangent = try #require(entry["cotangent"]?.tensor)
    let weightValue = graph.input(inputs.count, shape: cotangent.shape)
    let total = weighted(output, by: weightValue, in: &graph)
    let trainable = model.variables.filter(\.isTrainable).map(\.number)
    let sources = values + trainable.map { forward.parameters[$0] }
    let gradients = graph.gradients(of: total, withRespectTo: sources)
    let updated = model.variables.filter { !$0.isTrainable && $0.name != "count" }
      .map { forward.updates[$0.number] ?? forward.parameters[$0.number] }
    let penalty = forward.penalty ?? graph.constant(0)
    // What Keras gives no gradient of, as indices, is not moved.
    let jumps = Self.jumps.contains(entry["name"]?.string ?? "")
    let moved = jumps ? 0 : entry["input_gradients"]?.tensors.count ?? 0
    let movable =
      values.indices.prefix(moved).map { SlopeCheck.Source.input($0) }
      + trainable.map { .parameter($0) }
    SlopeCheck(
      graph: graph, loss: total, inputs: (inputs + [cotangent]).map(\.scalars),
      parameters: parameters.map(\.scalars)
    ).check(Array(zip(movable, gradients.prefix(moved) + gradients.dropFirst(values.count))), label)
    let asked = [output, penalty] + gradients + updated
    let found = try run(graph, asked, inputs: inputs + [cotangent], parameters: parameters)
    #expect(
      model.outputRowShapes == [Shape(Array(wanted.shape.extents.dropFirst()))],
      "inferred shape of \(label)")
    // The processor's kernels, twice: the same bits.
    let twice = try (0..<2).map { _ in
      try run(
        graph, asked, inputs: inputs + [cotangent], parameters: parameters, on: CPUBackend())
    }
    #expect(twice[0].map(\.bits) == twice[1].map(\.bits), "determinism of \(label)")
    #expect(deviation(found[0].scalars, wanted.scalars) < 1e-5, "output of \(label)")
    // The file has no penalties on activations; a golden training run covers them.
    let hasActivityPenalty = model.layers.contains { $0.layer?.activityRegularizer != nil }
    let losses = (entry["losses"]?.array ?? []).compactMap(\.double).reduce(0, +)
    if !hasActivityPenalty {
      #expect(deviation(found[1].scalars, [Float(losses)]) < 1e-5, "penalty of \(label)")
    }
    let expected =
      (entry["input_gradients"]?.tensors ?? [])
      + (entry["weight_gradients"]?.tensors ?? tensors(entry["weight_gradients"]))
    for (number, gradient) in expected.enumerated() {
      #expect(
        deviation(found[2 + number].scalars, gradient.scalars, scale: 0.1) < 2e-5,
        "gradient \(number) of \(label)")
    }
    for (value, after) in zip(
      found.suffix(updated.count), tensors(entry["non_trainable_after"]))
    {
      #expect(deviation(value.scalars, after.scalars) < 1e-5, "statistics of \(label)")
    }
    let after = tensors(entry["weights_after_3"])
    if !after.isEmpty {
      let moving = model.variables.filter { !$0.isTrainable && $0.name != "count" }.map(\.number)
      let stepped = try steppedThrice(
        parameters, moving: moving, trainable: trainable
      ) { parameters in
        let found = try run(
          graph, Array(asked.dropFirst(2)), inputs: inputs + [cotangent], parameters: parameters,
          on: CPUBackend())
        let own = found[values.count..<values.count + trainable.count]
        return (Array(own), Array(found.suffix(moving.count)))
      }
      for (number, wanted) in zip(trainable, after) {
        #expect(
          deviation(stepped[number].scalars, wanted.scalars, scale: 0.1) < 2e-5,
          "weights after three steps of \(label)")
      }
    }
    try checkRoundTrip(model, label)
  }

  /// The parameters after three steps of the golden files' rate down the gradients.
  private func steppedThrice(
    _ parameters: [Tensor], moving: [Int], trainable: [Int],
    step: ([Tensor]) throws -> (gradients: [Tensor], moved: [Tensor])
  ) throws -> [Tensor] {
    let rate: Float = 0.01
    var parameters = parameters
    for _ in 0..<3 {
      let (gradients, moved) = try step(parameters)
      for (number, gradient) in zip(trainable, gradients) {
        for index in gradient.scalars.indices {
          parameters[number].scalars[index] -= rate * gradient.scalars[index]
        }
      }
      for (number, value) in zip(moving, moved) { parameters[number] = value }
    }
    return parameters
  }

  private func tensors(_ value: JSONValue?) -> [Tensor] {
    (value?.array ?? []).compactMap { $0.tensor ?? $0["value"]?.tensor }
  }

  /// The lean configuration means the same model, and is as lean as it gets.
  private func checkRoundTrip(_ model: Model, _ label: Comment) throws {
    let written = model.configuration
    let again = try Model(configuration: written)
    #expect(again.isRunnable, "\(label): \(again.opaqueLayers)")
    #expect(again.configuration == written, label)
    #expect(again.variables.map(\.shape) == model.variables.map(\.shape), label)
  }

  /// Augmentation: the mean and the spread of every element over many draws are Keras', every draw
  /// is repeatable, and nothing happens outside training.
  private func checkLaw(_ entry: JSONValue) throws {
    let label = Comment(rawValue: entry["name"]?.string ?? "")
    let image = try #require(entry["image"]?.tensor)
    let forBatch = entry["for_batch"]?.bool == true
    let rows = forBatch ? 1 : 4000
    let copies = Tensor(
      shape: Shape([rows] + image.shape.extents),
      scalars: [[Float]](repeating: image.scalars, count: rows).flatMap(\.self))
    var entry = entry
    entry["inputs"] = [
      [
        "shape": .array(([1] + image.shape.extents).map { .int($0) }),
        "data": .array(image.scalars.map { .double(Double($0)) }),
      ]
    ]
    let model = try modelOfOneLayer(entry)
    #expect(model.isRunnable, "\(label): \(model.opaqueLayers)")
    guard model.isRunnable else { return }
    var graph = Graph()
    let x = graph.input(0, shape: copies.shape)
    let training = try model.buildForward(graph: &graph, inputs: [x], training: true).outputs[0]
    let inference = try model.buildForward(graph: &graph, inputs: [x], training: false).outputs[0]
    func draw(_ step: UInt64) throws -> [Float] {
      try run(graph, [training], inputs: [copies], seed: 11, step: step, on: CPUBackend())[0]
        .scalars
    }
    var drawn = try draw(0)
    #expect(drawn == (try draw(0)), label)
    if forBatch {
      for step in 1..<1500 { drawn += try draw(UInt64(step)) }
    } else {
      #expect(inference == x, label)
    }
    try compare(drawn, with: entry, label)
    try checkRoundTrip(model, label)
  }

  /// Compares means and standard deviations over draws, each within five standard errors.
  private func compare(_ drawn: [Float], with entry: JSONValue, _ label: Comment) throws {
    let means = try #require(entry["mean"]?.tensor)
    let deviations = try #require(entry["std"]?.tensor)
    let size = means.scalars.count
    let draws = drawn.count / size
    let both = 1 / Double(draws) + 1 / Double(try #require(entry["draws"]?.int))
    for element in 0..<size {
      let values = stride(from: element, to: drawn.count, by: size).map { Double(drawn[$0]) }
      let mean = values.reduce(0, +) / Double(draws)
      let moments = [2, 4].map { power in
        values.reduce(0) { $0 + pow($1 - mean, Double(power)) } / Double(draws)
      }
      let wanted = Double(deviations.scalars[element])
      let slack = 5 * max(wanted, moments[0].squareRoot()) * both.squareRoot() + 1e-3
      #expect(
        abs(mean - Double(means.scalars[element])) < slack,
        "mean \(mean) of element \(element) of \(label), wanted \(means.scalars[element])")
      // The variance of a variance is (fourth moment − variance²) over the number of draws.
      let error = max(0, moments[1] - moments[0] * moments[0]).squareRoot() * both.squareRoot()
      #expect(
        abs(moments[0] - wanted * wanted) < 5 * error + 1e-3 * max(1, wanted * wanted),
        "variance \(moments[0]) of element \(element) of \(label), wanted \(wanted * wanted)")
    }
  }

  /// Dropout and noise: how many numbers vanish, and what is kept in the mean.
  private func checkRandom(_ entry: JSONValue) throws {
    let label = Comment(rawValue: entry["name"]?.string ?? "")
    let value = Float(try #require(entry["input_value"]?.double))
    let input = Tensor(repeating: value, shape: [100, 50, 20])
    var entry = entry
    entry["inputs"] = [["shape": [1, 50, 20], "data": .array(.init(repeating: 0, count: 1000))]]
    if entry["config"] == nil { entry["config"] = [:] }
    let model = try modelOfOneLayer(entry)
    var graph = Graph()
    let x = graph.input(0, shape: input.shape)
    let forward = try model.buildForward(graph: &graph, inputs: [x], training: true)
    let first = try run(graph, forward.outputs, inputs: [input], seed: 3, step: 5)[0]
    let same = try run(graph, forward.outputs, inputs: [input], seed: 3, step: 5)[0]
    let other = try run(graph, forward.outputs, inputs: [input], seed: 3, step: 6)[0]
    #expect(first == same, label)
    let count = Double(first.scalars.count)
    let mean = first.scalars.reduce(0) { $0 + Double($1) } / count
    let variance =
      first.scalars.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let zeros = Double(first.scalars.count { $0 == 0 }) / count
    let deviation = variance.squareRoot()
    // Four standard errors of each statistic, for both draws.
    let wantedDeviation = entry["std"]?.double ?? 0
    let slack = 4 * 2.0.squareRoot() * max(wantedDeviation, 1e-6) / count.squareRoot() + 1e-6
    #expect(abs(mean - (entry["mean"]?.double ?? 0)) < slack, "mean of \(label)")
    #expect(
      abs(deviation - wantedDeviation) < max(slack, 0.05 * wantedDeviation), "spread of \(label)")
    #expect(
      abs(zeros - (entry["share_of_zeros"]?.double ?? 0)) < 8 * (0.25 / count).squareRoot(), label)
    if wantedDeviation > 0 { #expect(first != other, label) }
    for value in Set(first.scalars) where value != 0 && entry["values"]?.array?.isEmpty == false {
      let known = entry["values"]?.array?.compactMap(\.double) ?? []
      #expect(known.contains { abs($0 - Double(value)) < 1e-5 }, "\(value) in \(label)")
    }
  }
}

extension Tensor {
  /// The numbers as bits, so that NaN equals itself.
  fileprivate var bits: [UInt32] { scalars.map(\.bitPattern) }
}
