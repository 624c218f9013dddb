import Engine
import Foundation
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// `fit` as a whole against Keras: splits, partial batches, weights, histories, callbacks, CSV.
@Suite struct FitTests {
  @Test func historiesAreKeras() throws {
    for entry in try Golden.entries("fit.json") {
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      let config = try #require(entry["config"])
      let model = try Model(configuration: config)
      let compilation = try Compilation(
        configuration: try #require(config["compile_config"]), numerics: .clipped)
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      var state = try trainer.initialState(
        parameters: entry["initial_weights"]?.tensors ?? [], seed: 0)
      let csv = FileManager.default.temporaryDirectory
        .appending(path: "downhill-\(UUID().uuidString).csv").path()
      defer { try? FileManager.default.removeItem(atPath: csv) }
      let logger: JSONValue = ["class_name": "CSVLogger", "config": ["filename": .string(csv)]]
      let callbacks =
        try (entry["callbacks"]?.array ?? []).map(callback)
        + [try CallbackCatalogue.callback(logger)]
      let data = TrainingData(
        inputs: arrays(entry["x"]), targets: arrays(entry["y"]),
        sampleWeights: arrays(entry["fit"]?["sample_weight"]))
      let history = try trainer.fit(
        &state, data: data, options: options(entry["fit"]), callbacks: callbacks)
      #expect(history.epochs.count == entry["epochs_run"]?.array?.count, label)
      let series = try #require(entry["history"]?.object)
      #expect(history.names == series.keys, label)
      for member in series.members {
        let wanted = try #require(member.value.tensor).scalars
        #expect(
          deviation(history[member.key].map(Float.init), wanted) < 1e-4,
          "\(member.key) of \(label)")
      }
      if let wanted = entry["csv"]?.string {
        try compareCSV(try String(contentsOfFile: csv, encoding: .utf8), wanted, label)
      }
      for (found, expected) in zip(
        state.tensors(layout: model.layout), entry["final_weights"]?.tensors ?? [])
      {
        // Some of these runs take more than a hundred steps.
        #expect(deviation(found.scalars, expected.scalars) < 3e-4, label)
      }
      if let rate = entry["final_learning_rate"]?.double {
        #expect(deviation([state.learningRate], [Float(rate)]) < 1e-6, label)
      }
    }
  }

  /// One array, or a list of them.
  private func arrays(_ json: JSONValue?) -> [Tensor] {
    guard let json, !json.isNull else { return [] }
    return json.array?.first?["shape"] == nil ? json.tensor.map { [$0] } ?? [] : json.tensors
  }

  private func callback(_ json: JSONValue) throws -> any Callback {
    if json["class_name"]?.string == "LearningRateScheduler" {
      return LearningRateScheduler { _, rate in rate * 1.5 }
    }
    return try CallbackCatalogue.callback(json)
  }

  private func options(_ fit: JSONValue?) -> FitOptions {
    var result = FitOptions(
      epochs: fit?["epochs"]?.int ?? 1, batchSize: fit?["batch_size"]?.int ?? 32,
      validationSplit: fit?["validation_split"]?.double ?? 0, shuffle: false)
    result.initialEpoch = fit?["initial_epoch"]?.int ?? 0
    result.stepsPerEpoch = fit?["steps_per_epoch"]?.int
    result.validationSteps = fit?["validation_steps"]?.int
    result.validationBatchSize = fit?["validation_batch_size"]?.int
    if let count = fit?["validation_freq"]?.int { result.validationFrequency = .every(count) }
    if let list = fit?["validation_freq"]?.array {
      result.validationFrequency = .after(Set(list.compactMap(\.int)))
    }
    for member in fit?["class_weight"]?.object?.members ?? [] {
      if let label = Int(member.key) { result.classWeight[label] = member.value.double }
    }
    return result
  }

  /// The same header, line ends and epochs, and numbers that agree.
  private func compareCSV(_ found: String, _ wanted: String, _ label: Comment) throws {
    let (a, b) = (lines(found), lines(wanted))
    #expect(a.count == b.count, label)
    #expect(a.first == b.first, label)
    #expect(found.utf8.count { $0 == 13 } == found.utf8.count { $0 == 10 }, label)
    for (left, right) in zip(a.dropFirst(), b.dropFirst()) {
      #expect(left[0] == right[0], label)
      for (x, y) in zip(left, right) {
        guard let x = Float(x), let y = Float(y) else {
          #expect(x == y, label)
          continue
        }
        #expect(deviation([x], [y]) < 1e-4, label)
      }
    }
  }

  private func lines(_ text: String) -> [[String]] {
    text.replacing("\r\n", with: "\n").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
  }
}
