import Downhill
import Foundation
import TestSupport
import Testing

/// Models that begin with texts, from files to predictions.
@Suite struct TextRunTests {
  /// A run of real Keras on TensorFlow, its rows in order (`Tests/Goldens/making/recorded_texts.py`).
  private static let recording = Fixtures.samples.appending(path: "recorded-texts")

  @Test func agreesWithKerasStepByStep() throws {
    let run = try TrainingRun(RunRequest(paths: [Self.recording.path]))
    let replay = try #require(
      try run.diagnosed(options: Doctor.Options(budget: 5)).report.replay)
    #expect(replay.verdict == .agrees)
    #expect(replay.largestDifference < 1e-5)
  }

  @Test func aTableOfTextsTrains() throws {
    let table = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: table) }
    let rows = (0..<40).map { $0 % 2 == 0 ? "\"good, film \($0)\",1" : "bad film,0" }
    try ("text,label\n" + rows.joined(separator: "\n")).write(
      to: table, atomically: true, encoding: .utf8)
    let model = Self.recording.appending(path: "model.keras").path
    let run = try TrainingRun(RunRequest(paths: [model, table.path]))
    #expect(run.data?.facts.features.first?.unreadable == 0)
    #expect(!run.notes.contains { $0.contains("taken as missing") })
    let prepared = try run.prepared()
    var state = prepared.state
    let history = try prepared.trainer.fit(
      &state, data: prepared.data, options: prepared.options)
    let isFinite = history["loss"].allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test func textsForNumbersAreRefused() throws {
    let table = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: table) }
    let rows = (0..<40).map { "\($0 % 2 == 0 ? "red" : "green"),\($0 % 2)" }
    try ("colour,label\n" + rows.joined(separator: "\n")).write(
      to: table, atomically: true, encoding: .utf8)
    let model = Fixtures.project.appending(
      path: "Book/flat-targets-column-output/capture/model.keras")
    let run = try TrainingRun(RunRequest(paths: [model.path, table.path]))
    let error = #expect(throws: (any Error).self) { try run.prepared() }
    #expect("\(error as Any)".contains("texts where the model takes numbers"))
  }

  /// Numbers of customers are hashed as they are written, though floats do not hold them.
  @Test(arguments: [true, false])
  func columnsGoToInputsOfTheirNames(hasTexts: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let number = Input([1], dtype: "int64", name: "customer")
    let other = Input([1], dtype: hasTexts ? "string" : "int64", name: "city")
    let bins: JSONObject = ["num_bins": 1000]
    let network = try Network(
      inputs: [number, other],
      outputs: [
        Dense(1)(
          Concatenate()([LayerEntry("Hashing", bins)(number), LayerEntry("Hashing", bins)(other)]))
      ])
    try network.save(folder.appending(path: "m.keras").path)
    let cities = hasTexts ? ["rome", "oslo"] : ["123456789012345", "7"]
    try "city,label,customer\n\(cities[0]),0,123456789012345\n\(cities[1]),1,-5\n".write(
      to: folder.appending(path: "d.csv"), atomically: true, encoding: .utf8)
    let run = try TrainingRun(
      RunRequest(paths: ["m.keras", "d.csv"].map { folder.appending(path: $0).path }))
    let entered = try network.entered([
      .integers(shape: [2, 1], [123_456_789_012_345, -5]),
      hasTexts ? .texts(TextArray(cities)) : .integers(shape: [2, 1], [123_456_789_012_345, 7]),
    ])
    #expect(try run.data?.inputs.map { try $0.tensor().scalars } == entered.map { $0.scalars })
  }

  /// A script's layer is adapted to the texts; where it cannot be run, texts are no bad numbers.
  @Test(arguments: [true, false])
  func scriptsOfTextsAreNotAccused(isRunnable: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      import keras
      texts, labels = load()
      words = keras.layers.TextVectorization(\(isRunnable ? "" : "standardize=clean, ")\
      output_sequence_length=5)
      words.adapt(texts)
      model = keras.Sequential([
          keras.Input((1,), dtype="string"), words, keras.layers.Embedding(100, 8),
          keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1, activation="sigmoid")])
      model.compile("adam", "binary_crossentropy")
      model.fit(texts, labels, epochs=20)
      """
    let rows = (0..<40).map { $0 % 2 == 0 ? "good film \($0),1" : "bad film \($0),0" }
    try script.write(
      to: folder.appending(path: "t.py"), atomically: true, encoding: .utf8)
    try ("text,label\n" + rows.joined(separator: "\n")).write(
      to: folder.appending(path: "d.csv"), atomically: true, encoding: .utf8)
    let run = try TrainingRun(
      RunRequest(paths: ["t.py", "d.csv"].map { folder.appending(path: $0).path }))
    #expect(run.model?.model?.isRunnable == isRunnable)
    let report = try run.diagnosed(options: Doctor.Options(isQuick: true)).report
    #expect(report.causes.filter { $0.isProven }.isEmpty, "\(report.causes.map(\.id))")
  }

  @Test func numbersForAModelOfTextsAreRefused() throws {
    let table = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: table) }
    try "a,label\n1,0\n2,1\n".write(to: table, atomically: true, encoding: .utf8)
    let model = Self.recording.appending(path: "model.keras").path
    let error = #expect(throws: InputError.self) {
      _ = try TrainingRun(RunRequest(paths: [model, table.path]))
    }
    #expect("\(error as Any)".contains("strings"))
  }

  @Test func aNetworkOfTextsLearnsAndIsKept() throws {
    let texts = (0..<24).map { $0 % 2 == 0 ? "A GOOD film, \($0)!" : "what a bad film \($0)" }
    let y = Tensor(shape: [24], scalars: (0..<24).map { Float(1 - $0 % 2) })
    let words = try TextVectorization(length: 5, maxTokens: 8).adapted(to: texts)
    #expect(words.vocabulary.prefix(4) == ["", "[UNK]", "film", "a"])
    var network = try Sequential(input: [1], seed: 2) {
      words
      Embedding(words.vocabulary.count, width: 4, masksZero: true)
      GlobalAveragePooling1D()
      Dense(1, activation: .sigmoid)
    }
    try network.compile(optimizer: .adam(learningRate: 0.05), loss: .binaryCrossentropy())
    let losses = try network.fit(texts, y, epochs: 20, batchSize: 8)["loss"]
    #expect(losses[19] < 0.5 * losses[0])
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).keras")
    defer { try? FileManager.default.removeItem(at: file) }
    try network.save(file.path)
    let again = try Network(path: file.path)
    let unseen = ["good", "a bad, bad film"]
    #expect(try again.predict(unseen) == network.predict(unseen))
    #expect(try network.evaluate(texts, y)["loss"] ?? 1 < losses[0])
  }
}
