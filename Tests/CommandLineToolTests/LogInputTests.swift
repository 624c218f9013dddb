import Foundation
import JSON
import TestSupport
import Testing

@Suite("downhill diagnose with a log alone")
struct LogInputTests {
  private static func lines(_ losses: [String]) -> String {
    losses.enumerated().map { index, loss in
      "Epoch \(index + 1)/\(losses.count)\n3/3 - 0s - 2ms/step - loss: \(loss)\n"
    }.joined()
  }

  private func report(_ arguments: [String], input: String? = nil) throws -> (JSONValue, Executable)
  {
    let run = try Executable.run(
      ["diagnose"] + arguments + ["--format", "json"], input: input)
    return (try JSONValue(parsing: run.output), run)
  }

  @Test("says what the loss does, what it cannot tell and what to add")
  func reportsHonestly() throws {
    let (report, run) = try report(
      ["-"], input: Self.lines(["0.6931", "0.6932", "0.6931", "0.6931"]))
    #expect(report["verdict"]?.string != "healthy")
    #expect(report["complaint"]?["symptom"]?.string == "stuck")
    #expect(report["inputs"]?[0]?["kind"]?.string == "log")
    let hints = (report["not_examined"]?.array ?? []).compactMap { $0["hint"]?.string }
    #expect(hints.contains { $0.contains("model.save") })
    #expect(run.messages.contains("4 complete epochs, the last is epoch 4 of 4"))
  }

  @Test("accuses no log of a run that went well")
  func leavesHealthyRunsAlone() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.lines(["0.6931", "0.3", "0.1", "0.05"]).utf8, to: "run.txt")
    let (report, run) = try report([path])
    #expect(report["verdict"]?.string == "healthy")
    #expect(run.status == 0)
  }

  @Test(
    "takes tables, histories and TensorBoard folders",
    arguments: [
      "csvlogger_log.csv", "tensorboard", "tensorboard/train",
    ])
  func readsSamples(name: String) throws {
    let (report, _) = try report([Fixtures.samples.appending(path: name).path])
    #expect(report["complaint"]?["series"]?.string == "loss")
    #expect(report["inputs"]?[0]?["kind"]?.string == "log")
  }

  @Test("takes a question as people write it: prose, a program, and what it printed")
  func takesBoth() throws {
    let question = """
      My loss does not go down, please help!

      ```python
      model = Sequential()
      model.add(Dense(12, input_dim=8, activation='relu'))
      model.add(Dense(1, activation='softmax'))
      model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
      model.fit(X, Y, epochs=4, batch_size=10)
      ```

      and it prints

      \(Self.lines(["10.3867", "10.3867", "10.3867", "10.3867"]))
      """
    let (report, run) = try report(["-"], input: question)
    #expect(
      report["inputs"]?.array?.compactMap { $0["kind"]?.string }.sorted() == ["log", "script"])
    #expect(report["causes"]?[0]?["id"]?.string == "output-activation")
    #expect(report["causes"]?[0]?["location"]?["line"]?.int == 6)
    #expect(report["complaint"]?["symptom"]?.string == "stuck")
    // What is no Python is the other half of the question.
    #expect(!run.messages.contains("left out"))
  }

  @Test("completes a model")
  func standsBesideModel() throws {
    let scratch = try Scratch()
    let log = try scratch.write(Self.lines(["2.9", "2.9", "2.9", "2.9"]).utf8, to: "run.log")
    let (report, _) = try report([SampleFiles.sickRun + "/model.keras", log, "--quick"])
    #expect(report["inputs"]?.array?.count == 2)
    #expect(report["complaint"]?["symptom"]?.string == "stuck")
  }

  @Test("refuses what tells nothing")
  func refuses() throws {
    let nothing = try Executable.run(["diagnose", "-"], input: "once upon a time\n")
    #expect(nothing.status == 65)
    let empty = try Executable.run(["diagnose", "-"], input: "")
    #expect(empty.status == 65)
  }
}
