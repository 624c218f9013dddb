import Archives
import Foundation
import JSON
import KerasFiles
import Testing

@Suite("Bad input")
struct BadInputTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func expectRefusal(
    _ arguments: [String], status: Int32 = 65, saying parts: [String],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Executable.run(arguments)
    #expect(run.status == status, "\(run.messages)", sourceLocation: location)
    #expect(run.output.isEmpty, sourceLocation: location)
    for part in parts {
      #expect(run.messages.contains(part), "\(run.messages)", sourceLocation: location)
    }
  }

  // Row 1 of the promises: custom code in a model.
  @Test("a layer of custom code is shown as opaque, never run, and the rest is examined")
  func customLayer() throws {
    let bytes = try SampleFiles.model { configuration in
      var layers = configuration["config"]?["layers"]?.array ?? []
      layers[1]["class_name"] = "Lambda"
      layers[1]["module"] = "os"
      layers[1]["registered_name"] = "evil>Lambda"
      layers[1]["config"]?["function"] = "import os; os.system('touch owned')"
      configuration["config"]?["layers"] = .array(layers)
    }
    let model = try scratch.write(bytes, to: "lambda.keras")
    let data = SampleFiles.sickRun + "/data.npz"
    let run = try Executable.run(
      ["diagnose", model, "--data", data, "--format", "json"], in: scratch.folder)
    #expect([0, 1].contains(run.status), "\(run.messages)")
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["trials_ran"]?.bool == false)
    #expect(!FileManager.default.fileExists(atPath: scratch.url("owned").path))
    try expectRefusal(
      ["train", model, "--data", data, "-o", scratch.url("a.keras").path], saying: ["Lambda"])
  }

  // Row 2: hostile archives.
  @Test("an archive with a broken member is refused by the member's name")
  func brokenArchive() throws {
    var bytes = try SampleFiles.model { _ in }
    let name = Array("\"class_name\"".utf8)
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: name) }, "no configuration in the archive")
    bytes[place + 1] ^= 0x20
    let model = try scratch.write(bytes, to: "broken.keras")
    try expectRefusal(["diagnose", model], saying: ["broken.keras", "config.json"])
  }

  @Test("members with paths that lead elsewhere are never written anywhere")
  func escapingMember() throws {
    let archive = try KerasArchive(path: SampleFiles.sickRun + "/model.keras")
    var writer = ZipWriter()
    writer.add("config.json", archive.configuration.bytes())
    writer.add("model.weights.h5", archive.weightsImage)
    writer.add("../escaped.txt", Array("owned".utf8))
    let model = try scratch.write(writer.archive(), to: "inner.keras")
    _ = try Executable.run(["diagnose", model, "--quick"], in: scratch.folder)
    let above = scratch.folder.deletingLastPathComponent().appending(path: "escaped.txt")
    #expect(!FileManager.default.fileExists(atPath: above.path))
    #expect(!FileManager.default.fileExists(atPath: scratch.url("escaped.txt").path))
  }

  @Test("something else under the name of a model is refused", arguments: ["", "PK", "GIF89a"])
  func noArchive(text: String) throws {
    let model = try scratch.write(text.utf8, to: "not.keras")
    try expectRefusal(["diagnose", model], saying: ["not.keras"])
  }

  // Row 4: hostile arrays.
  @Test("pickled objects in an array are refused, with the way to save it")
  func pickledArray() throws {
    let pickled = SampleFiles.npy(
      header: "{'descr': '|O', 'fortran_order': False, 'shape': (3,)}", [0x80, 0x04, 0x2E])
    let data = try scratch.write(
      SampleFiles.npz([("x", pickled), ("y", SampleFiles.npy([3], [0, 1, 0]))]), to: "data.npz")
    try expectRefusal(
      ["diagnose", SampleFiles.sickRun + "/model.keras", "--data", data],
      saying: ["data.npz", "x"])
  }

  @Test("an array that is cut short is refused")
  func shortArray() throws {
    let whole = SampleFiles.npy([100, 64], [Float](repeating: 0, count: 6400))
    let data = try scratch.write(
      SampleFiles.npz([("x", Array(whole.dropLast(1000))), ("y", SampleFiles.npy([100], []))]),
      to: "data.npz")
    try expectRefusal(
      ["diagnose", SampleFiles.sickRun + "/model.keras", "--data", data], saying: ["data.npz"])
  }

  // Row 5: pickles.
  @Test("a pickled history is refused with the line that saves it as JSON")
  func pickledHistory() throws {
    let path = try scratch.write([0x80, 0x04, 0x2E], to: "history.pkl")
    try expectRefusal(["diagnose", path], saying: ["json.dump"])
  }

  // Row 6: bad numbers are a finding.
  @Test("NaN in the data is a finding with its rows, not a crash")
  func badNumbers() throws {
    let data = try scratch.write(SampleFiles.rows(80, columns: 64, nan: true), to: "data.npz")
    let run = try Executable.run([
      "diagnose", SampleFiles.sickRun + "/model.keras", "--data", data, "--format", "json",
    ])
    #expect(run.status == 1, "\(run.messages)")
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["causes"]?[0]?["id"]?.string == "non-finite-data")
  }

  // Row 7: shapes.
  @Test("data that does not fit the model is refused with both shapes and the axis")
  func shapes() throws {
    let data = try scratch.write(SampleFiles.rows(80, columns: 2), to: "data.npz")
    let model = SampleFiles.sickRun + "/model.keras"
    for command in [
      ["diagnose", model, "--data", data],
      ["train", model, "--data", data, "-o", scratch.url("a.keras").path],
    ] {
      try expectRefusal(command, saying: ["2", "64", "axis 1"])
    }
  }

  @Test("features and labels of different numbers of rows are refused")
  func rows() throws {
    let data = try scratch.write(
      SampleFiles.npz([
        ("x", SampleFiles.npy([4, 2], [1, 2, 3, 4, 5, 6, 7, 8])),
        ("y", SampleFiles.npy([3], [0, 1, 0])),
      ]), to: "data.npz")
    try expectRefusal(
      ["diagnose", SampleFiles.sickRun + "/model.keras", "--data", data],
      saying: ["4", "3", "axis 0"])
  }

  // Row 10: outputs.
  @Test("an output that cannot be written is refused before the work")
  func output() throws {
    try expectRefusal(
      ["train", SampleFiles.sickRun, "-o", "/no/such/folder/a.keras"], status: 73,
      saying: ["/no/such/folder"])
  }

  @Test("an input that does not exist is not found", arguments: ["nowhere.keras", "nowhere"])
  func missing(name: String) throws {
    try expectRefusal(["diagnose", name], status: 66, saying: [name])
  }

  // Row 16: names that steer a terminal.
  @Test("escape sequences in names do not reach the terminal")
  func escapes() throws {
    let bytes = try SampleFiles.model { configuration in
      var layers = configuration["config"]?["layers"]?.array ?? []
      layers[1]["class_name"] = "Bad\u{1b}[2J\u{9b}31m"
      configuration["config"]?["layers"] = .array(layers)
    }
    let model = try scratch.write(bytes, to: "escape.keras")
    let diagnosed = try Executable.run(["diagnose", model])
    let refused = try Executable.run([
      "train", model, "--data", SampleFiles.sickRun + "/data.npz", "-o",
      scratch.url("a.keras").path,
    ])
    for text in [diagnosed.output, diagnosed.messages, refused.messages] {
      let controls = text.unicodeScalars.filter {
        $0 != "\n" && $0.properties.generalCategory == .control
      }
      #expect(controls.isEmpty)
    }
  }
}
