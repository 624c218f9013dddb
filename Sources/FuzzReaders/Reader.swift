import Archives
import CaseFile
import Datasets
import FileAccess
import JSON
import KerasFiles
import Networks
import Tensors

/// One reader under test: inputs to begin with, and a body that may throw but never trap, hang or take
/// memory without end.
struct Reader: Sendable {
  let name: String
  /// Which of the sample files are its beginnings, by the end of their names.
  let endings: [String]
  /// Beginnings that no sample file holds.
  var texts: [String] = []
  /// Whether an input is an archive whose members are changed one by one, so that damage reaches what
  /// lies behind the checksums.
  var isArchive = false
  /// Of archives, the members that are left as they are.
  var kept: [String] = []
  let read: @Sendable ([UInt8]) throws -> Void

  static let all: [Reader] = [zip, json, npy, npz, csv, keras, weights]

  static let zip = Reader(name: "zip", endings: [".npz", ".keras"]) { bytes in
    let archive = try ZipArchive(ReadableFile(bytes: bytes, name: "fuzz"))
    for entry in archive.entries { _ = try? archive.read(entry) }
  }

  static let json = Reader(
    name: "json", endings: [".json"],
    texts: [
      #"{"a": [1, -2.5e-3, true, null, "\u00e9\ud83d\ude00\n"], "b": {}, "loss": [NaN, Infinity]}"#,
      #"[[[[{"module": "keras", "class_name": "Dense", "config": {"units": 3}}]]]]"#,
    ]
  ) { bytes in
    let value = try JSONValue(parsing: bytes)
    let again = try JSONValue(parsing: value.bytes(.pretty))
    // NaN differs from itself, so the texts are compared.
    precondition(again.text() == value.text(), "written and read again it is another value")
    _ = try JSONValue(parsing: value.bytes(nonFinite: .strings))
  }

  static let npy = Reader(name: "npy", endings: [".npy"]) { bytes in
    try examine(SourceArray(NPYArray(parsing: bytes)))
  }

  static let npz = Reader(name: "npz", endings: [".npz"], isArchive: true) { bytes in
    let archive = try ZipArchive(ReadableFile(bytes: bytes, name: "fuzz"))
    let data = try DataSet(npz: archive)
    precondition(data.inputs.allSatisfy { $0.scalars.count == $0.shape.count }, "shape")
  }

  static let csv = Reader(
    name: "csv", endings: [".csv"],
    texts: [
      "a,b,label\n1,2.5,cat\n-3e2,NA,dog\n\"4\",?,\"ox, \"\"big\"\"\"\n",
      "x;y\r\n1,5;0\r\n;1\r\n", "1\t2\n3\t4\n", "a|b\n\n1|2\n", "\u{FEFF}é,y\nTrue,0\n",
    ]
  ) { bytes in
    let table = try LabelledTable(parsing: bytes, of: "fuzz", label: nil)
    examine(table.features)
    examine(table.labels)
  }

  static let keras = Reader(
    name: "keras", endings: [".keras"], isArchive: true, kept: ["model.weights.h5"]
  ) { bytes in
    try open(bytes)
  }

  static let weights = Reader(
    name: "weights", endings: [".keras"], isArchive: true, kept: ["config.json", "metadata.json"]
  ) { bytes in
    try open(bytes)
  }

  private static func examine(_ array: SourceArray) {
    precondition(array.tensor.scalars.count == array.count, "elements for \(array.shape)")
    let facts = ArrayFacts(of: array, isTarget: true)
    precondition(facts.overall.count == array.count, "facts of \(array.shape)")
  }

  private static func open(_ bytes: [UInt8]) throws {
    let archive = try KerasArchive(ZipArchive(ReadableFile(bytes: bytes, name: "fuzz")))
    _ = archive.archived()
    let file = try KerasModelFile(archive, of: "fuzz")
    _ = file.facts
    _ = file.compileFacts
    // A model whose shapes ask for gigabytes is no fault of the reader.
    guard let model = file.model, model.isRunnable, let parameters = file.parameters,
      model.parameterCount < 1 << 20
    else { return }
    let written = try KerasModelFile.archived(
      model: model, parameters: parameters, compileConfiguration: file.compileConfiguration,
      optimizer: file.optimizer, source: archive)
    let again = try KerasArchive(ZipArchive(ReadableFile(bytes: written, name: "written")))
    for variable in model.variables {
      precondition(
        again.weights[variable.path]?.scalars.map(\.bitPattern)
          == archive.weights[variable.path]?.scalars.map(\.bitPattern), variable.path)
    }
  }
}
