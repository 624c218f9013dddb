import Archives
import Downhill
import FileAccess
import Foundation
import Networks
import Tensors
import Testing
import TestSupport

/// A run takes the same steps, bit by bit, whether its rows are in memory or stay in their files.
@Suite struct StreamedRunTests {
  /// Rows that are counted out by a file, and how often it was asked.
  private struct Stored: RowSource {
    let tensor: Tensor
    /// From this row on the file ends.
    var end = Int.max
    var shape: Shape { tensor.shape }

    func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
      guard rows.upperBound <= end else { throw InputError(DataProblem.unread("cut"), in: "x.npy") }
      tensor.read(rows, into: buffer)
    }

    func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
      guard rows.allSatisfy({ $0 < end }) else {
        throw InputError(DataProblem.unread("cut"), in: "x.npy")
      }
      tensor.read(rows, into: buffer)
    }
  }

  private static let rows = 90

  private static func tensor(_ columns: Int, seed: UInt64) -> Tensor {
    Tensor(
      shape: [rows, columns],
      scalars: RandomNumbers(seed: seed, purpose: .probing).normal(rows * columns))
  }

  private static let labels = Tensor(shape: [rows], scalars: (0..<rows).map { Float($0 * 7 % 3) })
  private static let weights = Tensor(
    shape: [rows], scalars: (0..<rows).map { 1 + Float($0 % 4) / 4 })

  private static func network() throws -> Network {
    let (left, right) = (Input([4]), Input([1]))
    let both = Concatenate()([Dense(5, activation: .tanh)(left), right])
    var network = try Network(
      inputs: [left, right], outputs: [Dense(3, activation: .softmax)(both)])
    try network.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy")
    return network
  }

  private static let cases: [(name: String, weighted: Bool, options: FitOptions)] = [
    ("shuffled", false, FitOptions(epochs: 3, batchSize: 16)),
    ("in order", false, FitOptions(epochs: 2, batchSize: 7, shuffle: false)),
    ("validation split", true, FitOptions(epochs: 2, batchSize: 8, validationSplit: 0.3)),
    ("class weights", false, FitOptions(epochs: 2, classWeight: [0: 2, 2: 0.5])),
    ("steps", false, FitOptions(epochs: 4, batchSize: 8, validationSplit: 0.1, stepsPerEpoch: 5)),
  ]

  @Test(arguments: cases.indices)
  func aRunOnStoredRowsIsTheSameRun(_ number: Int) throws {
    let (_, weighted, options) = Self.cases[number]
    // A column without its axis, which the model adds.
    let inputs = [Self.tensor(4, seed: 1), Self.tensor(1, seed: 2).reshaped(to: [Self.rows])]
    func run(_ store: (Tensor) -> any RowSource) throws -> (History, [UInt32], Logs, Tensor) {
      var network = try Self.network()
      let data = TrainingData(
        inputs: inputs.map(store), targets: [store(Self.labels)],
        sampleWeights: weighted ? [store(Self.weights)] : [])
      let history = try network.fit(data, options: options)
      return (
        history, network.state.parameters.map(\.bitPattern),
        try network.evaluate(data), try network.predict(data.inputs)[0]
      )
    }
    let (held, read) = (try run { $0 }, try run { Stored(tensor: $0) })
    #expect(held.0.names == read.0.names)
    for name in held.0.names { #expect(held.0[name] == read.0[name]) }
    #expect(held.1 == read.1 && held.3 == read.3)
    #expect(held.2["loss"] == read.2["loss"])
  }

  @Test func aFileThatEndsWithinARunEndsTheRunWithItsError() throws {
    var network = try Self.network()
    let inputs: [any RowSource] = [
      Stored(tensor: Self.tensor(4, seed: 1), end: 50), Self.tensor(1, seed: 2),
    ]
    let data = TrainingData(inputs: inputs, targets: [Self.labels])
    let error = #expect(throws: InputError.self) {
      try network.fit(data, options: FitOptions(epochs: 1, batchSize: 16))
    }
    #expect(error?.subject == "x.npy")
    #expect(throws: InputError.self) { try network.evaluate(data) }
    #expect(throws: InputError.self) { try network.predict(inputs) }
  }

  @Test func labelsWithoutAUnitAreFoundInAFile() throws {
    var network = try Self.network()
    var labels = Self.labels
    labels.scalars[61] = 3
    let data = TrainingData(
      inputs: [Self.tensor(4, seed: 1), Self.tensor(1, seed: 2)], targets: [Stored(tensor: labels)])
    let error = #expect(throws: TrainingError.self) {
      try network.fit(data, options: FitOptions(epochs: 1))
    }
    guard case .numberOutOfRange(_, "3", 61, 3) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A diagnosis says the same of rows in their files, and trials on a sample keep the user's numbers.
  @Test func aDiagnosisOfStoredRowsIsTheSame() throws {
    let path = Fixtures.project.appending(path: "Examples/digits-rate-too-high").path
    let packed = try ZipArchive(path: path + "/data.npz")
    var unpacked = ZipWriter()
    for entry in packed.entries { unpacked.add(entry.name, try packed.read(entry)) }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).npz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(unpacked.archive()).write(to: file)
    func report(_ largest: Int) throws -> (Report, RunRows?) {
      var request = RunRequest(paths: [path + "/model.keras"])
      request.data = file.path
      request.largestInMemory = largest
      let run = try TrainingRun(request)
      #expect((run.data?.inputs[0] is Tensor) == (largest > 0))
      #expect(run.trialSample == nil)
      return (
        try run.diagnosed(options: Doctor.Options(isQuick: true)).report,
        try run.data?.trainingRows.map { try RunRows($0, rows: RunRows.sample(of: $0)) }
      )
    }
    let (held, read) = (try report(DataSet.largestInMemory), try report(0))
    #expect(held.0.causes == read.0.causes && held.0.ruledOut == read.0.ruledOut)
    #expect(held.0.run?.data == read.0.run?.data && held.1 == read.1 && held.1 != nil)
  }

  @Test func aSampleHoldsARowOfEachPart() throws {
    let data = TrainingData(
      inputs: [Tensor(shape: [1000, 2], scalars: (0..<2000).map(Float.init))],
      targets: [Tensor(shape: [1000], scalars: (0..<1000).map(Float.init))])
    // Twelve bytes a row.
    let picked = try #require(RunRows.sample(of: data, largestSize: 1200))
    let rows = try RunRows(data, rows: picked)
    #expect(rows.rowCount == 100 && picked.count == 100)
    #expect(picked.enumerated().allSatisfy { $0.element / 10 == $0.offset })
    #expect(Set(picked.map { $0 % 10 }).count > 5)
    #expect(rows.targets[0].scalars == picked.map(Float.init))
    #expect(rows.inputs[0].scalars[2] == 2 * Float(picked[1]))
    #expect(RunRows.sample(of: data, largestSize: 12_000) == nil)
    #expect(try RunRows(data, rows: nil).rowCount == 1000)
  }
}
