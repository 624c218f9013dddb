import Foundation
import JSON
import TestSupport
import Testing

@Suite("downhill on scripts")
struct ScriptCommandTests {
  static let sick = Fixtures.project.appending(path: "Book/churn-softmax-single/train.py").path

  @Test("names the fault with its line and column, by rules alone")
  func diagnose() throws {
    let run = try Executable.run(["diagnose", Self.sick, "--format", "json"])
    #expect(run.status == 1)
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["inputs"]?[0]?["kind"]?.string == "script")
    let cause = report["causes"]?[0]
    #expect(cause?["id"]?.string == "output-activation")
    #expect(cause?["location"]?["path"]?.string == Self.sick)
    #expect(cause?["location"]?["line"]?.int == 14)
    #expect(cause?["location"]?["column"]?.int == 38)
    let text = try Executable.run(["diagnose", Self.sick])
    #expect(text.output.contains("train.py:14:38"))
  }

  @Test("accuses no healthy script of the book, and says what to add")
  func healthy() throws {
    let folder = Fixtures.project.appending(path: "Book/iris-one-hot-smoothing/train.py").path
    let run = try Executable.run(["diagnose", folder, "--strict"])
    #expect(run.status == 2)
    #expect(run.output.hasPrefix("UNDETERMINED"))
    #expect(run.output.contains("--data train.npz"))
  }

  @Test("tries remedies on the numbers that a script writes out")
  func provesOnNumbers() throws {
    let program = """
      import numpy as np
      from keras.models import Sequential
      from keras.layers import Dense
      from keras.optimizers import SGD
      X = np.arange(40).reshape(-1, 1) / 40
      y = 3 * X[:, 0] - 1
      model = Sequential()
      model.add(Dense(8, input_dim=1, activation="tanh"))
      model.add(Dense(1))
      model.compile(loss="mse", optimizer=SGD(lr=0.000001))
      model.fit(X, y, batch_size=4, nb_epoch=50)
      """
    let run = try Executable.run(["diagnose", "-", "--format", "json"], input: program)
    let report = try JSONValue(parsing: Array(run.output.utf8))
    let cause = report["causes"]?[0]
    #expect(cause?["id"]?.string == "learning-rate-low")
    #expect(cause?["proven"]?.bool == true)
    #expect(cause?["location"]?["line"]?.int == 10)
    #expect(!run.messages.contains("drawn"))
  }

  @Test("calls a script healthy whose run learns on data drawn as it draws them, and says so")
  func healthyOnDraws() throws {
    let path = Fixtures.project.appending(path: "Book/sgd-half-is-stable/train.py").path
    let run = try Executable.run(["diagnose", path])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("HEALTHY"))
    #expect(run.messages.contains("drawn as the script draws them"))
  }

  @Test("a recording takes the places from the script beside it")
  func beside() throws {
    let folder = Fixtures.project.appending(path: "Book/churn-softmax-single").path
    let run = try Executable.run(["diagnose", folder, "--quick", "--format", "json"])
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["causes"]?[0]?["location"]?["line"]?.int == 14)
    #expect(report["inputs"]?.array?.compactMap { $0["kind"]?.string } == ["capture", "script"])
  }

  @Test("a script and its data are a run to try remedies on")
  func data() throws {
    let data = Fixtures.project.appending(path: "Book/churn-softmax-single/capture/data.npz").path
    let run = try Executable.run(["diagnose", Self.sick, "--data", data, "--format", "json"])
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["causes"]?[0]?["proven"]?.bool == true)
    #expect((report["causes"]?[0]?["trials"]?.array?.count ?? 0) >= 3)
  }

  @Test("fix prints a patch, writes it with -o, and changes the script with --write only")
  func fix() throws {
    let scratch = try Scratch()
    let copy = scratch.url("train.py")
    try FileManager.default.copyItem(at: URL(filePath: Self.sick), to: copy)
    let before = try String(contentsOf: copy, encoding: .utf8)
    let printed = try Executable.run(["fix", "train.py", "--quick"], in: scratch.folder)
    #expect(printed.status == 1)
    #expect(printed.output.hasPrefix("--- a/train.py\n+++ b/train.py\n@@ "))
    #expect(printed.output.contains("+outputs = layers.Dense(1, activation=\"sigmoid\")(h)"))
    #expect(printed.messages.contains("FAULT"))
    let written = try Executable.run(
      ["fix", "train.py", "--quick", "-o", "x.patch", "--format", "json"], in: scratch.folder)
    #expect(try JSONValue(parsing: Array(written.output.utf8))["verdict"]?.string == "fault")
    #expect(try String(contentsOf: scratch.url("x.patch"), encoding: .utf8) == printed.output)
    #expect(try String(contentsOf: copy, encoding: .utf8) == before)
    _ = try Executable.run(["fix", "train.py", "--quick", "--write"], in: scratch.folder)
    let after = try String(contentsOf: copy, encoding: .utf8)
    #expect(after == before.replacingOccurrences(of: "\"softmax\"", with: "\"sigmoid\""))
  }

  @Test("without Python the error names what was read, what lacks, and what to do")
  func withoutPython() throws {
    let run = try Executable.run(
      ["diagnose", Self.sick], environment: ["DOWNHILL_PYTHON": "/nowhere/python3"])
    #expect(run.status == 65)
    #expect(run.messages.contains("train.py: no python3"))
    #expect(run.messages.contains("Install Python"))
  }

  @Test("what a script prints, starts or writes does not happen")
  func neverRun() throws {
    let scratch = try Scratch()
    let mark = scratch.url("mark").path
    let path = try scratch.write(
      Array(
        """
        import os
        open("\(mark)", "w").write("ran")
        os.system("touch \(mark)")
        raise SystemExit(9)
        """.utf8), to: "train.py")
    let run = try Executable.run(["diagnose", path])
    #expect(run.status == 0)
    #expect(run.messages.contains("No Keras model"))
    #expect(!FileManager.default.fileExists(atPath: mark))
  }
}
